using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Leads;
using Surveillance.Api.Search.Feeding;
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
        Prepared.Execute(
            connection,
            Upsert,
            version.ListingId,
            version.Version,
            assessment.Decision.ToString().ToLowerInvariant(),
            assessment.Risk,
            StoredTime.Text(assessment.On),
            assessment.RulesVersion,
            assessment.ModelVersion,
            assessment.Uncertainty,
            JsonSerializer.Serialize(assessment, ContractJson.Options),
            StoredTime.Of(now));
        if (!version.IsNew)
        {
            Prepared.Execute(connection, "DELETE FROM finding WHERE listing_id = ?1", version.ListingId);
            Prepared.Execute(connection, "DELETE FROM listing_item WHERE listing_id = ?1", version.ListingId);
        }

        foreach (var finding in assessment.Findings)
        {
            Prepared.Execute(
                connection, "INSERT INTO finding (listing_id, type, score, rule) VALUES (?1, ?2, ?3, ?4)", version.ListingId, finding.Type, finding.Score, finding.Rule);
        }

        foreach (var item in assessment.Items)
        {
            Prepared.Execute(connection, "INSERT INTO listing_item (listing_id, item) VALUES (?1, ?2)", version.ListingId, item);
        }

        LeadStore.RecordAssessment(
            connection,
            transaction,
            version.ListingId,
            assessment.Decision,
            [.. assessment.Findings.Select(finding => finding.Type)],
            version.ListingChanged,
            now);
        Outbox.Note(connection, version.ListingId, now);
    }

    private const string Upsert =
        """
        INSERT INTO assessment (listing_id, version, decision, risk, law_day, rules_version, model_version, uncertainty, body, assessed_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
        ON CONFLICT (listing_id) DO UPDATE SET
            version = excluded.version, decision = excluded.decision, risk = excluded.risk, law_day = excluded.law_day,
            rules_version = excluded.rules_version, model_version = excluded.model_version, uncertainty = excluded.uncertainty, body = excluded.body,
            assessed_at = excluded.assessed_at
        """;
}

/// <param name="ListingChanged">False for a replay or a repeated sighting: a new assessment alone never changes a person's state.</param>
internal sealed record AssessedVersion(string ListingId, int Version, bool ListingChanged)
{
    /// <summary>True where the listing has no assessment yet.</summary>
    public bool IsNew { get; init; }
}
