using System.Runtime.CompilerServices;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Hands out the pages of one run, leased from the store a few at a time, within the source's budget, until none is left.</summary>
/// <remarks>
/// A page is handed out only when its host has a free place and is not silent, so that a host that hangs holds its own places and
/// nobody else's. <see cref="TakeAsync"/> is enumerated once; <see cref="Finished"/> may be called from any thread.
/// </remarks>
internal sealed class RunFrontier
{
    private const int MaxLeasedPerHost = 64;
    private const int MaxLeased = 512;

    /// <summary>Pages of one host in hand beyond those it may be asked for at once, so that it is asked while others are being read and stored.</summary>
    private const int Ahead = 2;

    /// <summary>
    /// Longer than any page waits for its turn, however slow its host. Only one process works on a run, and the store frees the leases
    /// of a run that is taken up, so a long lease holds nothing up.
    /// </summary>
    private static readonly TimeSpan LeaseTime = TimeSpan.FromHours(6);

    private readonly ICrawlStore _store;
    private readonly long _runId;
    private readonly HostGates _gates;
    private readonly TimeProvider _time;
    private readonly RunBudget _budget;
    private readonly HostLanes _lanes;

    /// <summary>What five seconds allow: leasing one by one would cost a transaction each, leasing more would only sit here.</summary>
    private readonly int _batch;

    private readonly Lock _lock = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public RunFrontier(ICrawlStore store, BeginRunOutcome.Began began, SourceDefinition source, HostGates gates, TimeProvider time)
    {
        _store = store;
        _runId = began.RunId;
        _gates = gates;
        _time = time;
        _budget = new RunBudget(source, began.PagesEnded, began.AskedToday, time);
        _lanes = new HostLanes(source.Rate.Concurrency + Ahead, host => gates.IsHeld(host));
        _batch = (int)Math.Clamp(source.Rate.PerSecond * 5, 1, MaxLeasedPerHost);
    }

    /// <summary>Why no more pages are handed out, null while they are.</summary>
    public Stop? Stopped { get; private set; }

    /// <summary>True where pages were left because the day's budget is spent.</summary>
    public bool IsDaySpent { get; private set; }

    /// <summary>Hands out no more pages; those taken are finished.</summary>
    public void StopAs(RunState state, string reason) => Stopped ??= new Stop(state, reason);

    /// <summary>Says that a page that was taken has been committed.</summary>
    public void Finished(PageRecord record)
    {
        lock (_lock)
        {
            _lanes.Finished(record.Page);
            _budget.Count(record);
            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public async IAsyncEnumerable<FrontierPage> TakeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (Stopped is null)
        {
            var look = Look();
            if (look.Page is { } page)
            {
                yield return page;
                continue;
            }

            var due = look.HeldUntil;
            if (look.Wish is { } wish)
            {
                var leased = await _store.LeaseAsync(_runId, wish, cancellationToken);
                if (leased.Pages.Count > 0)
                {
                    Add(leased.Pages);
                    continue;
                }

                due = due < leased.NextDue ? due : leased.NextDue ?? due;
            }

            if (due is null && look.Taken == 0)
            {
                yield break;
            }

            await WaitAsync(due, look.Taken > 0 ? look.Changed : null, cancellationToken);
        }
    }

    private Sight Look()
    {
        lock (_lock)
        {
            var left = _budget.Left(_lanes.Taken);
            IsDaySpent = _budget.IsDaySpent;
            if (left <= 0)
            {
                return new Sight(null, null, null, _lanes.Taken, _changed.Task);
            }

            if (_lanes.TryTake() is { } page)
            {
                return new Sight(page, null, null, _lanes.Taken, _changed.Task);
            }

            var count = Math.Min(MaxLeased, left) - _lanes.Waiting;
            var wish = count > 0 ? new LeaseWish(count, _batch, LeaseTime, _lanes.Supplied) : null;
            var held = _lanes.Held.Select(host => (DateTimeOffset?)(_time.GetUtcNow() + _gates.PauseLeft(host))).Min();
            return new Sight(null, wish, held, _lanes.Taken, _changed.Task);
        }
    }

    private void Add(IReadOnlyList<FrontierPage> pages)
    {
        lock (_lock)
        {
            foreach (var page in pages)
            {
                _lanes.Add(page);
            }
        }
    }

    /// <summary>Until the next page falls due, or a page in hand has been committed and may have brought new ones.</summary>
    private async Task WaitAsync(DateTimeOffset? due, Task? changed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var wait = due is { } at ? at - _time.GetUtcNow() : Timeout.InfiniteTimeSpan;

        // Timers count whole milliseconds; rounding down would make this spin.
        var delay = Task.Delay(due is null ? wait : TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(wait.TotalMilliseconds))), _time, either.Token);
        await (changed is null ? delay : Task.WhenAny(delay, changed));
        await either.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Why a run hands out no more pages, and how it ends for that.</summary>
    public sealed record Stop(RunState As, string Reason);

    /// <param name="Page">To hand out now.</param>
    /// <param name="Wish">What else to ask the store for.</param>
    /// <param name="HeldUntil">When the first silent host may be asked again.</param>
    private sealed record Sight(FrontierPage? Page, LeaseWish? Wish, DateTimeOffset? HeldUntil, int Taken, Task Changed);
}
