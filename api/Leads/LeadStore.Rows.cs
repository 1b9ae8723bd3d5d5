using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

public sealed partial class LeadStore
{
    private const string SelectRows =
        """
        SELECT lead.listing_id AS id, listing.item_id, listing.source_id, content.body AS listing_body, assessment.body AS assessment_body, assessment.uncertainty,
               lead.state, lead.reason, lead.decided_by, lead.decided_at, lead.seen_types, lead.revision, listing.first_seen, listing.last_seen,
               listing.version, operator_member.operator_id, listing.relist_of
        FROM lead
        JOIN listing ON listing.id = lead.listing_id
        JOIN assessment ON assessment.listing_id = lead.listing_id
        JOIN listing_version AS content ON content.listing_id = lead.listing_id AND content.version = listing.version
        LEFT JOIN operator_member ON operator_member.listing_id = lead.listing_id
        """;

    /// <summary>The leads of some ids, in the order of the ids.</summary>
    private static async Task<IReadOnlyList<LeadRow>> RowsAsync(SqliteConnection connection, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var rows = await connection.QueryAsync<StoredRow>(
            new CommandDefinition(
                $"{SelectRows} WHERE lead.listing_id IN (SELECT value FROM json_each(@ids))",
                new { ids = JsonSerializer.Serialize(ids) },
                cancellationToken: cancellationToken));
        var found = rows.ToDictionary(row => row.Id);
        return [.. ids.Where(found.ContainsKey).Select(id => found[id].ToLead())];
    }

    private sealed class StoredRow
    {
        public required string Id { get; init; }

        public string? ItemId { get; init; }

        public required string SourceId { get; init; }

        public required string ListingBody { get; init; }

        public required string AssessmentBody { get; init; }

        public double? Uncertainty { get; init; }

        public required string State { get; init; }

        public string? Reason { get; init; }

        public string? DecidedBy { get; init; }

        public string? DecidedAt { get; init; }

        public required string SeenTypes { get; init; }

        public int Revision { get; init; }

        public required string FirstSeen { get; init; }

        public required string LastSeen { get; init; }

        public int Version { get; init; }

        public string? OperatorId { get; init; }

        public string? RelistOf { get; init; }

        public LeadStanding Standing =>
            new(StoredName.Parse<LeadState>(State), Reason, DecidedBy, StoredTime.TryParse(DecidedAt), ReadTypes(SeenTypes), Revision);

        public LeadRow ToLead() =>
            new(
                LeadId.Parse(Id),
                ItemId,
                SourceId,
                Read<Listing>(ListingBody),
                Read<Assessment>(AssessmentBody) with { Uncertainty = Uncertainty },
                Standing,
                StoredTime.Parse(FirstSeen),
                StoredTime.Parse(LastSeen))
            {
                Operator = OperatorId is null ? null : LeadId.Parse(OperatorId),
                RelistOf = RelistOf is null ? null : LeadId.Parse(RelistOf),
            };
    }

    private sealed class StoredEvent
    {
        public required string At { get; init; }

        public required string Actor { get; init; }

        public required string Action { get; init; }

        public string? FromState { get; init; }

        public required string ToState { get; init; }

        public string? Reason { get; init; }

        public required string Types { get; init; }

        public int Version { get; init; }

        public LeadEvent ToEvent() =>
            new(
                StoredTime.Parse(At),
                Actor,
                StoredName.Parse<LeadAction>(Action),
                FromState is null ? null : StoredName.Parse<LeadState>(FromState),
                StoredName.Parse<LeadState>(ToState),
                Reason,
                ReadTypes(Types),
                Version);
    }
}
