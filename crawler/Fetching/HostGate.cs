namespace Surveillance.Crawler.Fetching;

/// <summary>One host's places and the slots in time at which it is asked.</summary>
internal sealed class HostGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiting = new();
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private DateTimeOffset _pausedUntil = DateTimeOffset.MinValue;
    private int _inside;

    public TimeSpan PauseLeft(DateTimeOffset now)
    {
        lock (_lock)
        {
            return _pausedUntil - now;
        }
    }

    /// <summary>Waits until fewer than <paramref name="concurrency"/> are inside and nobody has waited longer.</summary>
    public async Task EnterAsync(int concurrency, CancellationToken cancellationToken)
    {
        var waiter = new Waiter(concurrency);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            Admit_NeedsLock();
        }

        await using var cancelling = cancellationToken.Register(() => waiter.Admitted.TrySetCanceled(cancellationToken));
        try
        {
            await waiter.Admitted.Task;
        }
        catch (OperationCanceledException)
        {
            lock (_lock)
            {
                _waiting.Remove(waiter);
                Admit_NeedsLock();
            }

            throw;
        }
    }

    public void Leave()
    {
        lock (_lock)
        {
            _inside--;
            Admit_NeedsLock();
        }
    }

    /// <summary>Takes the next free slot and says how long it is until then. Slots follow each other exactly, however late one is used.</summary>
    public TimeSpan Book(DateTimeOffset now, TimeSpan spacing)
    {
        lock (_lock)
        {
            var earliest = _next > _pausedUntil ? _next : _pausedUntil;
            var slot = earliest > now ? earliest : now;
            _next = slot + spacing;
            return slot - now;
        }
    }

    public void Pause(DateTimeOffset until)
    {
        lock (_lock)
        {
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    private void Admit_NeedsLock()
    {
        while (_waiting.First is { } first && _inside < first.Value.Concurrency)
        {
            _waiting.RemoveFirst();
            _inside += first.Value.Admitted.TrySetResult() ? 1 : 0;
        }
    }

    private sealed class Waiter(int concurrency)
    {
        public int Concurrency => concurrency;

        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
