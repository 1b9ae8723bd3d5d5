using System.Text.Json;
using Dapper;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Listings;

/// <summary>Assesses what was observed again, under today's rules. A person's decisions stay as they are.</summary>
public sealed class Replay(Database database, TextClassifier classifier, OperatorGrouping operators, TimeProvider time)
{
    private const int ListingsATransaction = 500;

    /// <summary>Every listing last seen on or after <paramref name="since"/> (Asia/Shanghai), under the law of the day on which its version was observed.</summary>
    public ReplayCounts Run(DateOnly since, CancellationToken cancellationToken)
    {
        var counts = new ReplayCounts(0, 0, 0);
        for (var last = ""; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (read, next) = Batch(since, last);
            if (next is null)
            {
                // Wordings and contacts are read by the rules too, whenever the listing was seen.
                operators.Rebuild(cancellationToken);
                return counts;
            }

            last = next;
            counts = new(counts.Assessed + read.Assessed, counts.DecisionChanged + read.DecisionChanged, counts.Flagged + read.Flagged);
        }
    }

    private (ReplayCounts Counts, string? Last) Batch(DateOnly since, string after) => database.Write((connection, transaction) =>
    {
        var rows = connection.Query<StoredVersion>(
            """
            SELECT listing.id, listing.version, listing_version.body, listing_version.seen_at, coalesce(assessment.decision, '') AS decision
            FROM listing
            JOIN listing_version ON listing_version.listing_id = listing.id AND listing_version.version = listing.version
            LEFT JOIN assessment ON assessment.listing_id = listing.id
            WHERE listing.last_seen >= @since AND listing.id > @after
            ORDER BY listing.id LIMIT @ListingsATransaction
            """,
            new { since = StoredTime.Of(StoredTime.StartOf(since)), after, ListingsATransaction },
            transaction).ToList();
        var changed = 0;
        var flagged = 0;
        foreach (var row in rows)
        {
            var listing = JsonSerializer.Deserialize<Listing>(row.Body, ContractJson.Options)!;
            var assessment = classifier.Classify(listing, StoredTime.DayOf(StoredTime.Parse(row.SeenAt)));
            AssessmentRows.Save(connection, transaction, new AssessedVersion(row.Id, row.Version, ListingChanged: false), assessment, time.GetUtcNow());
            changed += CrawlStore.Name(assessment.Decision) == row.Decision ? 0 : 1;
            flagged += assessment.Decision == Decision.Flag ? 1 : 0;
        }

        return (new ReplayCounts(rows.Count, changed, flagged), rows.LastOrDefault()?.Id);
    });

    private sealed record StoredVersion
    {
        public required string Id { get; init; }

        public int Version { get; init; }

        public required string Body { get; init; }

        public required string SeenAt { get; init; }

        public required string Decision { get; init; }
    }
}

/// <summary>What a replay did, in listings.</summary>
/// <param name="Flagged">Whose decision now is <c>flag</c>.</param>
public sealed record ReplayCounts(int Assessed, int DecisionChanged, int Flagged);
