using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching;

/// <summary>Keeps every host's pace, whichever sources ask it: so many at once, so far apart, and silence when it asks for that.</summary>
/// <remarks>Thread safe. First come, first served: a slow host holds up nobody but those who want that host, and no source overtakes another.</remarks>
internal sealed class HostGates(IOptions<CrawlOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, HostGate> _gates = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Waits for one's turn. Disposing the turn gives the place to the next.</summary>
    /// <param name="host">Host with port, unless that is the usual one.</param>
    /// <param name="crawlDelay">The site's own wish; counts where it is longer than what <paramref name="rate"/> says.</param>
    /// <returns>Null where the host wants a longer pause than <see cref="CrawlOptions.MaxPause"/>.</returns>
    public async Task<HostTurn?> EnterAsync(string host, SourceRate rate, TimeSpan? crawlDelay, CancellationToken cancellationToken)
    {
        var gate = GateOf(host);
        await gate.EnterAsync(rate.Concurrency, cancellationToken);
        var turn = new HostTurn(gate);
        try
        {
            var spacing = TimeSpan.FromSeconds(1 / rate.PerSecond);
            if (await ReserveAsync(gate, crawlDelay > spacing ? crawlDelay.Value : spacing, cancellationToken))
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
    public void Pause(string host, TimeSpan pause) => GateOf(host).Pause(time.GetUtcNow() + pause);

    /// <summary>How long the host is still to be left alone; zero or less where it is not.</summary>
    public TimeSpan PauseLeft(string host) => GateOf(host).PauseLeft(time.GetUtcNow());

    /// <summary>True where the host's pause is worth waiting for. A longer one ends its pages, so they need not wait.</summary>
    public bool IsHeld(string host) => PauseLeft(host) is { Ticks: > 0 } left && left <= options.Value.MaxPause;

    private async Task<bool> ReserveAsync(HostGate gate, TimeSpan spacing, CancellationToken cancellationToken)
    {
        while (gate.PauseLeft(time.GetUtcNow()) <= options.Value.MaxPause)
        {
            var wait = gate.Book(time.GetUtcNow(), spacing);
            if (wait > TimeSpan.Zero)
            {
                // Timers count whole milliseconds; rounding down would ask too early.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), time, cancellationToken);
            }

            // The host may have asked for silence meanwhile; then the slot is void.
            if (gate.PauseLeft(time.GetUtcNow()) <= TimeSpan.Zero)
            {
                return true;
            }
        }

        return false;
    }

    private HostGate GateOf(string host) => _gates.GetOrAdd(host, _ => new HostGate());
}

/// <summary>A place at a host.</summary>
internal sealed class HostTurn : IDisposable
{
    private HostGate? _gate;

    internal HostTurn(HostGate gate) => _gate = gate;

    public void Dispose() => Interlocked.Exchange(ref _gate, null)?.Leave();
}
