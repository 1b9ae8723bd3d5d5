using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching;

/// <summary>Keeps every host's pace, whichever sources ask it: so many at once, so far apart, and silence when it asks for that.</summary>
/// <remarks>Thread safe. A slow host holds up nobody but those who want that host.</remarks>
internal sealed class HostGates(IOptions<CrawlOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Gate> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for one's turn. Disposing the turn gives the place to the next.</summary>
    /// <param name="crawlDelay">The site's own wish; counts where it is longer than what <paramref name="rate"/> says.</param>
    /// <returns>Null where the host wants a longer pause than <see cref="CrawlOptions.MaxPause"/>.</returns>
    public async Task<Turn?> EnterAsync(Uri url, SourceRate rate, TimeSpan? crawlDelay, CancellationToken cancellationToken)
    {
        var gate = GateOf(url);
        while (gate.TryEnter(rate.Concurrency) is { } freed)
        {
            await freed.WaitAsync(cancellationToken);
        }

        var turn = new Turn(gate);
        try
        {
            if (await ReserveAsync(gate, rate, crawlDelay, cancellationToken))
            {
                return turn;
            }
        }
        catch
        {
            turn.Dispose();
            throw;
        }

        turn.Dispose();
        return null;
    }

    /// <summary>Nobody asks this host again before the time is over.</summary>
    public void Pause(Uri url, TimeSpan pause) => GateOf(url).Pause(time.GetUtcNow() + pause);

    /// <summary>How long the host has still asked to be left alone; zero or less where it has not.</summary>
    public TimeSpan PauseLeft(Uri url) => GateOf(url).PauseLeft(time.GetUtcNow());

    private async Task<bool> ReserveAsync(Gate gate, SourceRate rate, TimeSpan? crawlDelay, CancellationToken cancellationToken)
    {
        var spacing = TimeSpan.FromSeconds(1 / rate.PerSecond);
        while (gate.Reserve(time.GetUtcNow(), crawlDelay > spacing ? crawlDelay.Value : spacing) is { Ticks: > 0 } wait)
        {
            if (gate.PauseLeft(time.GetUtcNow()) > options.Value.MaxPause)
            {
                return false;
            }

            // Timers count whole milliseconds; rounding down would make this spin.
            await Task.Delay(wait + TimeSpan.FromMilliseconds(1), time, cancellationToken);
        }

        return true;
    }

    private Gate GateOf(Uri url) => _gates.GetOrAdd(url.Authority, _ => new Gate());

    /// <summary>A place at a host.</summary>
    public sealed class Turn : IDisposable
    {
        private Gate? _gate;

        internal Turn(Gate gate) => _gate = gate;

        public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
    }

    internal sealed class Gate
    {
        private readonly Lock _lock = new();
        private TaskCompletionSource _freed = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

        /// <summary>Null when inside; else what to wait for before trying again.</summary>
        public Task? TryEnter(int concurrency)
        {
            lock (_lock)
            {
                if (_inside >= concurrency)
                {
                    return _freed.Task;
                }

                _inside++;
                return null;
            }
        }

        public void Leave()
        {
            lock (_lock)
            {
                _inside--;
                _freed.SetResult();
                _freed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        /// <summary>Zero when the slot is now and has been taken; else how long until there may be one.</summary>
        public TimeSpan Reserve(DateTimeOffset now, TimeSpan spacing)
        {
            lock (_lock)
            {
                var earliest = _next > _pausedUntil ? _next : _pausedUntil;
                if (earliest > now)
                {
                    return earliest - now;
                }

                _next = now + spacing;
                return TimeSpan.Zero;
            }
        }

        public void Pause(DateTimeOffset until)
        {
            lock (_lock)
            {
                _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
            }
        }
    }
}
