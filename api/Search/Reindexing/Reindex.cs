using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Reindexing;

/// <summary>Builds the next index beside the one that is read, from the records, and switches to it; searches and crawls go on meanwhile.</summary>
/// <remarks>One program does it at a time. What a crashed one left half built is removed by the next.</remarks>
public sealed class Reindex(IndexGate gate, IndexDocuments documents, Outbox outbox, IndexLeases leases, Database database)
{
    /// <summary>Rounds of catching up before the feed is stopped for the last one, so that this is short.</summary>
    private const int MostRounds = 10;
    private const long FewEnough = 1000;

    private static readonly TimeSpan FeedPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    private IListingIndex Index => gate.Index;

    /// <param name="say">Told how far it is, a line each.</param>
    /// <exception cref="SearchUnavailableException">The index that was read is still read.</exception>
    public async Task<ReindexOutcome> RunAsync(Action<string> say, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(say);
        var lease = leases.Reindex();
        if (lease.TryTake() is { } holder)
        {
            return new ReindexOutcome.Busy(holder.ToString());
        }

        try
        {
            return await BuildAsync(lease, say, cancellationToken);
        }
        finally
        {
            lease.Release();
        }
    }

    /// <summary>Compares the index that is read with the records, as both are now.</summary>
    public async Task<ComparedCounts> CheckAsync(CancellationToken cancellationToken)
    {
        var feed = leases.Feed();
        await TakeAsync(feed, cancellationToken);
        try
        {
            return await new IndexComparison(Index, database).CompareAsync(null, IndexComparison.Now, feed.Release, cancellationToken);
        }
        finally
        {
            feed.Release();
        }
    }

    /// <summary>Removes every index of ours but the one that is read.</summary>
    /// <returns>Their names; null where another program builds one.</returns>
    public async Task<IReadOnlyList<string>?> DropOldAsync(CancellationToken cancellationToken)
    {
        var lease = leases.Reindex();
        if (lease.TryTake() is not null)
        {
            return null;
        }

        try
        {
            return await Index.DropOldAsync(cancellationToken);
        }
        finally
        {
            lease.Release();
        }
    }

    private async Task<ReindexOutcome> BuildAsync(IndexLease lease, Action<string> say, CancellationToken cancellationToken)
    {
        var status = await Index.OpenAsync(cancellationToken);
        foreach (var left in status.Others.Where(other => string.CompareOrdinal(other, status.Index) > 0))
        {
            await Index.DropAsync(left, cancellationToken);
            say($"removed {left}, which was left half built");
        }

        var building = new NextIndex(Index, documents, await Index.CreateNextAsync(cancellationToken), say);
        try
        {
            return await FillAsync(building, lease, cancellationToken);
        }
        catch
        {
            await DropQuietlyAsync(building.Name);
            throw;
        }
    }

    private async Task DropQuietlyAsync(string name)
    {
        try
        {
            await Index.DropAsync(name, CancellationToken.None);
        }
        catch (SearchUnavailableException)
        {
            // What ended the building says more; the next reindex removes it.
        }
    }

    private async Task<ReindexOutcome> FillAsync(NextIndex next, IndexLease lease, CancellationToken cancellationToken)
    {
        var (from, copied, round) = (0L, long.MaxValue, 0);
        for (; copied > FewEnough && round < MostRounds; round++)
        {
            var mark = outbox.LastNumber();
            copied = await next.CopyAsync(from, lease, cancellationToken);
            from = mark;
        }

        // Full, while everything goes on; what changes from here on is copied below and each of its outcomes seen.
        var compared = await new IndexComparison(Index, database).CompareAsync(
            next.Name, row => row.Number > from ? OutboxStanding.Waiting : next.Rejected.ContainsKey(row.Id) ? OutboxStanding.Rejected : OutboxStanding.Held, () => { }, cancellationToken);
        if (compared is not { Missing: 0, Stale: 0, Extra: 0 })
        {
            await Index.DropAsync(next.Name, cancellationToken);
            return new ReindexOutcome.Differs(compared);
        }

        return await SwitchAsync(next, from, lease, cancellationToken);
    }

    /// <summary>The last round, with nobody else sending, so that what is marked as sent then is in the index that is read from then on.</summary>
    private async Task<ReindexOutcome> SwitchAsync(NextIndex next, long from, IndexLease lease, CancellationToken cancellationToken)
    {
        var feed = leases.Feed();
        await TakeAsync(feed, cancellationToken);
        try
        {
            var mark = outbox.LastNumber();
            await next.CopyAsync(from, feed, cancellationToken);
            await Index.RefreshAsync(next.Name, cancellationToken);
            next.Renew(feed);
            next.Renew(lease);

            // Before the switch: a crash right after it must not leave refused ones marked as sent.
            outbox.Reject(next.Rejected);
            await Index.SwitchAsync(next.Name, cancellationToken);
            outbox.Adopt(mark, next.Rejected);
            var status = await Index.OpenAsync(CancellationToken.None);
            return new ReindexOutcome.Switched(status, next.Rejected.Count);
        }
        finally
        {
            feed.Release();
        }
    }

    private static async Task TakeAsync(IndexLease feed, CancellationToken cancellationToken)
    {
        var patience = FeedPatience;
        while (feed.TryTake(wait: true) is { } holder)
        {
            await Task.Delay(BetweenTries, cancellationToken);
            patience -= BetweenTries;
            if (patience < TimeSpan.Zero)
            {
                throw new SearchUnavailableException($"{holder} sends to the index and does not let go");
            }
        }
    }
}

/// <summary>How building a new index ended.</summary>
public abstract record ReindexOutcome
{
    private ReindexOutcome()
    {
    }

    /// <summary>The new index is read; the one before is still there.</summary>
    public sealed record Switched(IndexStatus Status, int Rejected) : ReindexOutcome;

    /// <summary>Another program is at it.</summary>
    /// <param name="Holder">Which, and since when.</param>
    public sealed record Busy(string Holder) : ReindexOutcome;

    /// <summary>The new index was not what it should be and was removed; the one before is still read.</summary>
    public sealed record Differs(ComparedCounts Counts) : ReindexOutcome;
}
