using System.Text.Json.Serialization;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Reindexing;

/// <summary>What a comparison of records and index came to, in listings.</summary>
/// <param name="Missing">Of the records, not in the index, though nothing waits.</param>
/// <param name="Stale">In the index under another number than the records have, though nothing waits.</param>
/// <param name="Extra">In the index, not of the records.</param>
/// <param name="Waiting">Changed since they were sent last.</param>
/// <param name="Rejected">Refused by the index, with a reason.</param>
public sealed record ComparedCounts(long Records, long Indexed, long Missing, long Stale, long Extra, long Waiting, long Rejected)
{
    /// <summary>Whether the index holds all that it was sent, and nothing else.</summary>
    [JsonIgnore]
    public bool IsTrue => Missing == 0 && Stale == 0 && Extra == 0 && Rejected == 0;
}

/// <summary>Compares what an index holds with the records, both read by id side by side; flat memory.</summary>
internal sealed class IndexComparison(IListingIndex index, Database database)
{
    /// <summary>What the index is expected to hold now: all but what waits, or was refused.</summary>
    public static OutboxStanding Now(OutboxRow row) =>
        row.IsRejected ? OutboxStanding.Rejected : row.Sent < row.Number ? OutboxStanding.Waiting : OutboxStanding.Held;

    /// <param name="name">Null for the index that is read.</param>
    /// <param name="standing">What is expected of a record.</param>
    /// <param name="begun">Called once both are being read, so that later changes don't count.</param>
    public async Task<ComparedCounts> CompareAsync(string? name, Func<OutboxRow, OutboxStanding> standing, Action begun, CancellationToken cancellationToken)
    {
        await index.RefreshAsync(name, cancellationToken);
        using var connection = database.Open();
        using var records = Records(connection).GetEnumerator();
        await using var versions = index.VersionsAsync(name, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var (hasRecord, hasVersion) = (records.MoveNext(), await versions.MoveNextAsync());
        begun();
        var counts = new ComparedCounts(0, 0, 0, 0, 0, 0, 0);
        while (hasRecord || hasVersion)
        {
            var order = !hasRecord ? 1 : !hasVersion ? -1 : string.CompareOrdinal(records.Current.Id, versions.Current.Id);
            counts = order > 0
                ? counts with { Indexed = counts.Indexed + 1, Extra = counts.Extra + 1 }
                : Count(counts, records.Current, standing(records.Current), order == 0 ? versions.Current.Version : null);
            hasRecord = order <= 0 ? records.MoveNext() : hasRecord;
            hasVersion = order >= 0 ? await versions.MoveNextAsync() : hasVersion;
        }

        return counts;
    }

    private static ComparedCounts Count(ComparedCounts counts, OutboxRow row, OutboxStanding standing, long? version)
    {
        counts = counts with { Records = counts.Records + 1, Indexed = counts.Indexed + (version is null ? 0 : 1) };
        return standing switch
        {
            OutboxStanding.Rejected => counts with { Rejected = counts.Rejected + 1 },
            OutboxStanding.Waiting => counts with { Waiting = counts.Waiting + 1 },
            _ when version is null => counts with { Missing = counts.Missing + 1 },
            _ when version != row.Number => counts with { Stale = counts.Stale + 1 },
            _ => counts,
        };
    }

    private static IEnumerable<OutboxRow> Records(SqliteConnection connection) =>
        connection.Query<(string Id, long Number, long Sent, bool IsRejected)>(
            "SELECT listing_id, number, sent, reason IS NOT NULL FROM outbox ORDER BY listing_id", buffered: false)
            .Select(row => new OutboxRow(row.Id, row.Number, row.Sent, row.IsRejected));
}

/// <summary>What of a record is expected in an index.</summary>
internal enum OutboxStanding
{
    /// <summary>Its present state.</summary>
    Held,

    /// <summary>Any state, or none.</summary>
    Waiting,

    /// <summary>Any state, or none: the index refuses the present one.</summary>
    Rejected,
}

internal readonly record struct OutboxRow(string Id, long Number, long Sent, bool IsRejected);
