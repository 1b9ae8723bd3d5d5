using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Storage;

/// <summary>Whether a run found the known test leads of its source.</summary>
internal static class ProbeRows
{
    /// <summary>Looks each probe up among what the run saw, and keeps the answer. Measuring a resumed run again replaces it.</summary>
    public static void Measure(SqliteConnection connection, SqliteTransaction transaction, long runId, IReadOnlyList<SourceProbe> probes)
    {
        connection.Execute("DELETE FROM run_probe WHERE run_id = @runId", new { runId }, transaction);
        for (var place = 0; place < probes.Count; place++)
        {
            var probe = probes[place];
            var found = Found(connection, transaction, runId, probe.Item);
            connection.Execute(
                "INSERT INTO run_probe (run_id, place, probe, expected, found) VALUES (@runId, @place, @Item, @expected, @found)",
                new { runId, place, probe.Item, expected = JsonSerializer.Serialize(probe.Types), found = found is null ? null : JsonSerializer.Serialize(found) },
                transaction);
        }
    }

    /// <summary>How many probes there were, and which were not found with all their types.</summary>
    public static (int Count, IReadOnlyList<string> Missed) Of(SqliteConnection connection, long runId, SqliteTransaction? transaction)
    {
        var rows = connection.Query<(string Probe, string Expected, string? Found)>(
            "SELECT probe, expected, found FROM run_probe WHERE run_id = @runId ORDER BY place", new { runId }, transaction).ToList();
        return (rows.Count, [.. rows.Where(row => row.Found is not { } found || !Types(row.Expected).All(Types(found).Contains)).Select(row => row.Probe)]);
    }

    /// <summary>The types found on the probe's listing; null where the run did not see it.</summary>
    private static List<string>? Found(SqliteConnection connection, SqliteTransaction transaction, long runId, string item)
    {
        var listingId = connection.ExecuteScalar<string?>(
            """
            SELECT listing.id FROM sighting JOIN listing ON listing.id = sighting.listing_id
            WHERE sighting.run_id = @runId AND (listing.item_id = @item OR listing.url = @item OR listing.url = @url) LIMIT 1
            """,
            new { runId, item, url = CanonicalUrl.TryOf(item) ?? item },
            transaction);
        return listingId is null ? null : connection.Query<string>("SELECT type FROM finding WHERE listing_id = @listingId ORDER BY type", new { listingId }, transaction).AsList();
    }

    private static List<string> Types(string json) => JsonSerializer.Deserialize<List<string>>(json)!;
}
