namespace Surveillance.Crawler.Frontier;

/// <summary>Tells the store every half minute that a run's process is alive.</summary>
internal sealed class RunPulse : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _lost;
    private readonly Task _beating;

    /// <param name="stop">Called with the reason when the run is to stop.</param>
    public RunPulse(ICrawlStore store, long runId, Action<string> stop, TimeProvider time, CancellationToken cancellationToken)
    {
        _lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _beating = BeatAsync(store, runId, stop, time);
    }

    /// <summary>Cancelled when the run is, or when the store no longer takes the pulse.</summary>
    public CancellationToken Token => _lost.Token;

    /// <summary>Throws what the store threw where it no longer took the pulse.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _beating;
        }
        finally
        {
            _stopping.Dispose();
            _lost.Dispose();
        }
    }

    private async Task BeatAsync(ICrawlStore store, long runId, Action<string> stop, TimeProvider time)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                if (await store.HeartbeatAsync(runId, _stopping.Token) is { } reason)
                {
                    stop(reason);
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The run has ended.
        }
        catch
        {
            await _lost.CancelAsync();
            throw;
        }
    }
}
