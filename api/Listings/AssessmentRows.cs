using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Leads;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Listings;

/// <summary>Writes the assessment of a listing's current version, with the rows that filters and counts read, and lets the lead follow.</summary>
internal static class AssessmentRows
{
    public static void Save(
        SqliteConnection connection,
        SqliteTransaction transaction,
        AssessedVersion version,
        Assessment assessment,
        DateTimeOffset now)
    {
        connection.Execute(
            Upsert,
            new
            {
                version.ListingId,
                version.Version,
                Decision = assessment.Decision.ToString().ToLowerInvariant(),
                assessment.Risk,
                LawDay = StoredTime.Text(assessment.On),
                assessment.RulesVersion,
                assessment.ModelVersion,
                assessment.Uncertainty,
                Body = JsonSerializer.Serialize(assessment, ContractJson.Options),
                Now = StoredTime.Of(now),
            },
            transaction);
        connection.Execute(
            "INSERT INTO finding (listing_id, type, score, rule) VALUES (@ListingId, @Type, @Score, @Rule)",
            assessment.Findings.Select(finding => new { version.ListingId, finding.Type, finding.Score, finding.Rule }),
            transaction);
        connection.Execute(
            "INSERT INTO listing_item (listing_id, item) VALUES (@ListingId, @Item)",
            assessment.Items.Select(item => new { version.ListingId, Item = item }),
            transaction);
        LeadStore.RecordAssessment(
            connection,
            transaction,
            version.ListingId,
            assessment.Decision,
            [.. assessment.Findings.Select(finding => finding.Type)],
            version.ListingChanged,
            now);
    }

    private const string Upsert =
        """
        INSERT INTO assessment (listing_id, version, decision, risk, law_day, rules_version, model_version, uncertainty, body, assessed_at)
        VALUES (@ListingId, @Version, @Decision, @Risk, @LawDay, @RulesVersion, @ModelVersion, @Uncertainty, @Body, @Now)
        ON CONFLICT (listing_id) DO UPDATE SET
            version = excluded.version, decision = excluded.decision, risk = excluded.risk, law_day = excluded.law_day,
            rules_version = excluded.rules_version, model_version = excluded.model_version, uncertainty = excluded.uncertainty, body = excluded.body,
            assessed_at = excluded.assessed_at;
        DELETE FROM finding WHERE listing_id = @ListingId;
        DELETE FROM listing_item WHERE listing_id = @ListingId;
        """;
}

/// <param name="ListingChanged">False for a replay or a repeated sighting: a new assessment alone never changes a person's state.</param>
internal sealed record AssessedVersion(string ListingId, int Version, bool ListingChanged);
