using System.Globalization;
using Surveillance.Api.Search.Feeding;

namespace Surveillance.Api.Search.Reindexing;

/// <summary>The index that is built beside the one that is read: takes copies of the records, and keeps what it refuses.</summary>
/// <param name="say">Told how far it is, a line each.</param>
internal sealed class NextIndex(IListingIndex index, IndexDocuments documents, string name, Action<string> say)
{
    private const int UnitsAPart = 4_000_000;
    private const int ListingsASay = 50_000;

    private static readonly TimeSpan RoomPatience = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(100);

    public string Name => name;

    /// <summary>By id, what it refuses.</summary>
    public Dictionary<string, RefusedState> Rejected { get; } = new(StringComparer.Ordinal);

    /// <summary>Writes all documents with a higher number than <paramref name="above"/>.</summary>
    /// <param name="lease">Renewed after each part.</param>
    /// <returns>How many were copied.</returns>
    public async Task<long> CopyAsync(long above, IndexLease lease, CancellationToken cancellationToken)
    {
        var copied = 0L;
        using var parts = documents.ReadAll(above, UnitsAPart).GetEnumerator();
        var reading = Task.Run(() => parts.MoveNext() ? parts.Current : null, cancellationToken);
        while (await reading is { } part)
        {
            // The next part is read while this one is written.
            reading = Task.Run(() => parts.MoveNext() ? parts.Current : null, cancellationToken);
            await WriteAsync(part, cancellationToken);
            copied += part.Count;
            Renew(lease);
            if (copied / ListingsASay > (copied - part.Count) / ListingsASay)
            {
                say(string.Create(CultureInfo.InvariantCulture, $"{name}: {copied} listings copied"));
            }
        }

        return copied;
    }

    private async Task WriteAsync(IReadOnlyList<IndexDocument> part, CancellationToken cancellationToken)
    {
        var pause = BetweenTries;
        while (part.Count > 0)
        {
            var outcomes = await index.WriteAsync(name, part, cancellationToken);
            var postponed = new List<IndexDocument>();
            foreach (var (document, outcome) in part.Zip(outcomes))
            {
                switch (outcome)
                {
                    case WriteOutcome.Rejected rejected:
                        Rejected[document.Id] = new RefusedState(document.Version, rejected.Reason);
                        break;
                    case WriteOutcome.Postponed:
                        postponed.Add(document);
                        break;
                    default:
                        Rejected.Remove(document.Id);
                        break;
                }
            }

            part = postponed;
            if (part.Count > 0)
            {
                await Task.Delay(pause, cancellationToken);
                pause = pause * 2 < RoomPatience ? pause * 2 : throw new SearchUnavailableException($"the index has no room for {part.Count} documents");
            }
        }
    }

    /// <exception cref="SearchUnavailableException">Another program has taken it.</exception>
    public void Renew(IndexLease lease)
    {
        if (!lease.Renew())
        {
            throw new SearchUnavailableException($"{name} took so long that another program took over; run reindex again");
        }
    }
}

/// <param name="Number">Of the state that was refused.</param>
internal sealed record RefusedState(long Number, string Reason);
