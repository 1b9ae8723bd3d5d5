using System.Globalization;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Reindexing;

/// <summary>Builds the next index beside the one that is read, from the records, and switches to it; searches and crawls go on meanwhile.</summary>
/// <remarks>One program does it at a time. What a crashed one left half built is removed by the next.</remarks>
public sealed class Reindex(IndexGate gate, IndexDocuments documents, Outbox outbox, IndexLeases leases, Database database)
{
    private const int UnitsAPart = 4_000_000;

    /// <summary>Rounds of catching up before the feed is stopped for the last one, so that this is short.</summary>
    private const int MostRounds = 10;
    private const long FewEnough = 1000;
    private const int ListingsASay = 50_000;

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

        var building = new NextIndex(await Index.CreateNextAsync(cancellationToken), lease, say);
        try
        {
            return await FillAsync(building, cancellationToken);
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

    private async Task<ReindexOutcome> FillAsync(NextIndex next, CancellationToken cancellationToken)
    {
        var (from, copied, round) = (0L, long.MaxValue, 0);
        for (; copied > FewEnough && round < MostRounds; round++)
        {
            var mark = outbox.LastNumber();
            copied = await CopyAsync(next, from, next.Lease, cancellationToken);
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

        return await SwitchAsync(next, from, cancellationToken);
    }

    /// <summary>The last round, with nobody else sending, so that what is marked as sent then is in the index that is read from then on.</summary>
    private async Task<ReindexOutcome> SwitchAsync(NextIndex next, long from, CancellationToken cancellationToken)
    {
        var feed = leases.Feed();
        await TakeAsync(feed, cancellationToken);
        try
        {
            var mark = outbox.LastNumber();
            await CopyAsync(next, from, feed, cancellationToken);
            await Index.RefreshAsync(next.Name, cancellationToken);
            if (!feed.Renew() || !next.Lease.Renew())
            {
                throw new SearchUnavailableException($"{next.Name} took so long that another program took over; run reindex again");
            }

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

    /// <returns>How many were copied.</returns>
    private async Task<long> CopyAsync(NextIndex next, long above, IndexLease lease, CancellationToken cancellationToken)
    {
        var copied = 0L;
        using var parts = documents.ReadAll(above, UnitsAPart).GetEnumerator();
        var reading = Task.Run(() => parts.MoveNext() ? parts.Current : null, cancellationToken);
        while (await reading is { } part)
        {
            // The next part is read while this one is written.
            reading = Task.Run(() => parts.MoveNext() ? parts.Current : null, cancellationToken);
            await WriteAsync(next, part, cancellationToken);
            copied += part.Count;
            if (!lease.Renew())
            {
                throw new SearchUnavailableException($"{next.Name} took so long that another program took over; run reindex again");
            }

            if (copied / ListingsASay > (copied - part.Count) / ListingsASay)
            {
                next.Say(string.Create(CultureInfo.InvariantCulture, $"{next.Name}: {copied} listings copied"));
            }
        }

        return copied;
    }

    private async Task WriteAsync(NextIndex next, IReadOnlyList<IndexDocument> part, CancellationToken cancellationToken)
    {
        var pause = BetweenTries;
        while (part.Count > 0)
        {
            var outcomes = await Index.WriteAsync(next.Name, part, cancellationToken);
            var postponed = new List<IndexDocument>();
            foreach (var (document, outcome) in part.Zip(outcomes))
            {
                switch (outcome)
                {
                    case WriteOutcome.Rejected rejected:
                        next.Rejected[document.Id] = new RefusedState(document.Version, rejected.Reason);
                        break;
                    case WriteOutcome.Postponed:
                        postponed.Add(document);
                        break;
                    default:
                        next.Rejected.Remove(document.Id);
                        break;
                }
            }

            part = postponed;
            if (part.Count > 0)
            {
                await Task.Delay(pause, cancellationToken);
                pause = pause * 2 < FeedPatience ? pause * 2 : throw new SearchUnavailableException($"the index has no room for {part.Count} documents");
            }
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

    /// <param name="Lease">Under which it is built.</param>
    private sealed record NextIndex(string Name, IndexLease Lease, Action<string> Say)
    {
        /// <summary>By id, what it refuses.</summary>
        public Dictionary<string, RefusedState> Rejected { get; } = new(StringComparer.Ordinal);
    }
}

/// <param name="Number">Of the state that was refused.</param>
internal sealed record RefusedState(long Number, string Reason);

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
