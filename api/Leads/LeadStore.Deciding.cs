using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

public sealed partial class LeadStore
{
    /// <summary>Who acts where no person does.</summary>
    internal const string Program = "系统";

    /// <summary>Takes a person's decision and its entry in the history, in one transaction.</summary>
    /// <exception cref="ArgumentException">A rejection without a reason.</exception>
    public async Task<DecideOutcome> DecideAsync(LeadRuling ruling, CancellationToken cancellationToken)
    {
        if (ruling.Decision is LeadDecision.Reject { Reason: var reason })
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(reason, nameof(ruling));
        }

        await using var connection = database.Open();
        await using var transaction = connection.BeginTransaction(deferred: false);
        var lead = await connection.QuerySingleOrDefaultAsync<StoredRow>(
            new CommandDefinition($"{SelectRows} WHERE lead.listing_id = @id", new { id = ruling.Id.Value }, transaction, cancellationToken: cancellationToken));
        if (lead is null)
        {
            return new DecideOutcome.NotFound();
        }

        var now = lead.Standing;
        if (now.Revision != ruling.Revision)
        {
            return new DecideOutcome.Stale(now);
        }

        var types = ruling.SeenTypes ?? [.. Read<Assessment>(lead.AssessmentBody).Findings.Select(finding => finding.Type)];
        var inForce = LeadHistory.InForce(await EventsAsync(connection, transaction, ruling.Id, cancellationToken));
        var at = time.GetUtcNow();
        if (LeadHistory.Next(ruling, types, now, inForce, at) is not { } next)
        {
            return new DecideOutcome.Pointless(now);
        }

        Update(connection, transaction, ruling.Id.Value, next);
        var spoken = (ruling.Decision as LeadDecision.Reject)?.Reason;
        var entry = new LeadEvent(at, ruling.Actor, ActionOf(ruling.Decision), now.State, next.State, spoken, types, lead.Version);
        Append(connection, ruling.Id.Value, entry);
        Outbox.Note(connection, ruling.Id.Value, at);
        await transaction.CommitAsync(cancellationToken);
        Changed?.Invoke(this, EventArgs.Empty);
        return new DecideOutcome.Decided(next);
    }

    /// <summary>Lets a listing's lead follow a new assessment, inside the caller's transaction.</summary>
    /// <remarks>
    /// A decision that is not clear opens a lead. A decided lead is reopened only where the listing itself changed and a type stands that
    /// the officer did not see; a new assessment alone (replay, new rules) never changes a person's state. A listing that changes while
    /// its lead is new makes older views of it stale.
    /// </remarks>
    /// <param name="types">The violation types of the new assessment's findings.</param>
    /// <param name="listingChanged">True where the listing has a new version.</param>
    internal static void RecordAssessment(
        SqliteConnection connection,
        SqliteTransaction transaction,
        string listingId,
        Decision decision,
        IReadOnlyList<string> types,
        bool listingChanged,
        DateTimeOffset now)
    {
        var known = Prepared.Query(
            connection,
            "SELECT state, seen_types, revision FROM lead WHERE listing_id = ?1",
            row => (State: row.Text(0)!, SeenTypes: row.Text(1)!, Revision: (int)row.Number(2)),
            listingId);
        if (known is not [var lead])
        {
            if (decision != Decision.Clear)
            {
                Open(connection, listingId, types, now);
            }

            return;
        }

        if (!listingChanged)
        {
            return;
        }

        var state = StoredName.Parse<LeadState>(lead.State);
        var unseen = types.Except(ReadTypes(lead.SeenTypes)).ToList();
        var reopened = state != LeadState.New && decision != Decision.Clear && unseen.Count > 0;
        if (reopened)
        {
            var reason = $"内容变化后出现新的涉嫌违法类型：{string.Join('、', unseen.Select(ViolationType.NameOf))}";
            Update(connection, transaction, listingId, new LeadStanding(LeadState.New, reason, null, null, [], lead.Revision + 1));
            var version = VersionOf(connection, listingId);
            Append(connection, listingId, new LeadEvent(now, Program, LeadAction.Reopen, state, LeadState.New, reason, [.. types], version));
        }
        else if (state == LeadState.New)
        {
            connection.Execute("UPDATE lead SET revision = revision + 1 WHERE listing_id = @listingId", new { listingId }, transaction);
        }
    }

    private static void Open(SqliteConnection connection, string listingId, IReadOnlyList<string> types, DateTimeOffset now)
    {
        Prepared.Execute(connection, "INSERT INTO lead (listing_id, state, opened_at) VALUES (?1, 'new', ?2)", listingId, StoredTime.Of(now));
        var version = VersionOf(connection, listingId);
        Append(connection, listingId, new LeadEvent(now, Program, LeadAction.Open, null, LeadState.New, null, [.. types], version));
    }

    private static int VersionOf(SqliteConnection connection, string listingId) =>
        (int)(Prepared.Number(connection, "SELECT version FROM listing WHERE id = ?1", listingId) ?? 0);

    private static void Update(SqliteConnection connection, SqliteTransaction transaction, string listingId, LeadStanding next) =>
        connection.Execute(
            """
            UPDATE lead SET state = @State, reason = @Reason, decided_by = @DecidedBy, decided_at = @DecidedAt, seen_types = @SeenTypes, revision = @Revision
            WHERE listing_id = @listingId
            """,
            new
            {
                listingId,
                State = StoredName.Of(next.State),
                next.Reason,
                next.DecidedBy,
                DecidedAt = next.DecidedAt is { } at ? StoredTime.Of(at) : null,
                SeenTypes = JsonSerializer.Serialize(next.SeenTypes, ContractJson.Options),
                next.Revision,
            },
            transaction);

    private static void Append(SqliteConnection connection, string listingId, LeadEvent entry) =>
        Prepared.Execute(
            connection,
            """
            INSERT INTO lead_event (listing_id, at, actor, action, from_state, to_state, reason, types, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
            """,
            listingId,
            StoredTime.Of(entry.At),
            entry.Actor,
            StoredName.Of(entry.Action),
            entry.From is { } from ? StoredName.Of(from) : null,
            StoredName.Of(entry.To),
            entry.Reason,
            JsonSerializer.Serialize(entry.Types, ContractJson.Options),
            entry.Version);

    private static LeadAction ActionOf(LeadDecision decision) => decision switch
    {
        LeadDecision.Confirm => LeadAction.Confirm,
        LeadDecision.Reject => LeadAction.Reject,
        _ => LeadAction.Undo,
    };
}
