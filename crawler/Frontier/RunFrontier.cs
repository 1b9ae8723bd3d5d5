using System.Runtime.CompilerServices;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Hands out the pages of one run: leased from the store a few at a time, within the source's budget, until none is left.</summary>
/// <remarks><see cref="TakeAsync"/> is enumerated once; <see cref="Finished"/> may be called from any thread.</remarks>
internal sealed class RunFrontier(ICrawlStore store, long runId, SourceDefinition source, TimeProvider time)
{
    private const int MaxLeased = 64;

    /// <summary>
    /// Longer than any page waits for its turn, however slow its host. Only one process works on a run, and the store frees the leases
    /// of a run that is taken up, so a long lease holds nothing up.
    /// </summary>
    private static readonly TimeSpan LeaseTime = TimeSpan.FromHours(6);

    /// <summary>What five seconds allow: leasing one by one would cost a transaction each, leasing more would only sit here.</summary>
    private readonly int _batch = (int)Math.Clamp(source.Rate.PerSecond * 5, 1, MaxLeased);

    private readonly Lock _lock = new();
    private readonly Queue<FrontierPage> _buffer = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ended;
    private int _taken;

    /// <summary>Why no more pages are handed out, null while they are.</summary>
    public string? StopReason { get; private set; }

    /// <param name="ended">Pages that came to an end before a killed process lost the run.</param>
    public void Resume(int ended) => _ended = ended;

    /// <summary>Hands out no more pages; those taken are finished.</summary>
    public void Stop(string reason) => StopReason ??= reason;

    /// <summary>Says that a page that was taken has been committed.</summary>
    /// <param name="asked">False where it was put back or not asked for, so that it does not count against the budget.</param>
    public void Finished(bool asked)
    {
        lock (_lock)
        {
            _taken--;
            _ended += asked ? 1 : 0;
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async IAsyncEnumerable<FrontierPage> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (StopReason is null)
        {
            var (left, taken, changed) = Look();
            if (left > 0 && await NextAsync(left, cancellationToken) is { } page)
            {
                lock (_lock)
                {
                    _taken++;
                }

                yield return page;
                continue;
            }

            var due = left > 0 ? await store.NextDueAsync(runId, cancellationToken) : null;
            if (due is null && taken == 0)
            {
                yield break;
            }

            await WaitAsync(due, taken > 0 ? changed : null, cancellationToken);
        }
    }

    private (int Left, int Taken, Task Changed) Look()
    {
        lock (_lock)
        {
            return (source.MaxPages - _ended - _taken, _taken, _changed.Task);
        }
    }

    private async Task<FrontierPage?> NextAsync(int left, CancellationToken cancellationToken)
    {
        if (_buffer.Count == 0)
        {
            foreach (var leased in await store.LeaseAsync(runId, Math.Min(_batch, left), LeaseTime, cancellationToken))
            {
                _buffer.Enqueue(leased);
            }
        }

        return _buffer.TryDequeue(out var page) ? page : null;
    }

    /// <summary>Until the next page falls due, or a page in hand has been committed and may have brought new ones.</summary>
    private async Task WaitAsync(DateTimeOffset? due, Task? changed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = due is { } at ? at - time.GetUtcNow() : Timeout.InfiniteTimeSpan;

        // Timers count whole milliseconds; rounding down would make this spin.
        var delay = Task.Delay(due is null ? wait : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), time, either.Token);
        await (changed is null ? delay : Task.WhenAny(delay, changed));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
