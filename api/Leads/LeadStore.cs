using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>The leads of the record store: lists, details and decisions.</summary>
/// <remarks>Thread safe; one instance serves all.</remarks>
public sealed partial class LeadStore(Database database, TimeProvider time)
{
    /// <summary>Raised after a decision was committed, on the thread that took it.</summary>
    public event EventHandler? Changed;

    /// <param name="skip">Rows before the page.</param>
    /// <param name="take">Rows of the page.</param>
    public async Task<LeadPage> ListAsync(LeadFilter filter, int skip, int take, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var (ids, total) = await PickAsync(connection, filter, skip, take, cancellationToken);
        return new LeadPage(await RowsAsync(connection, ids, cancellationToken), total);
    }

    /// <summary>Every lead that passes, a few hundred at a time, so that an export of any size fits in memory.</summary>
    public async IAsyncEnumerable<LeadRow> ReadAllAsync(LeadFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var (all, _) = await PickAsync(connection, filter, 0, int.MaxValue, cancellationToken);
        foreach (var ids in all.Chunk(500))
        {
            foreach (var row in await RowsAsync(connection, ids, cancellationToken))
            {
                yield return row;
            }
        }
    }

    /// <summary>The ids of a page, and how many leads pass in all; one pass over them does both.</summary>
    private static async Task<(IReadOnlyList<string> Ids, int Total)> PickAsync(
        SqliteConnection connection,
        LeadFilter filter,
        int skip,
        int take,
        CancellationToken cancellationToken)
    {
        var sql = new LeadSql(filter);
        sql.Parameters.AddDynamicParams(new { skip, take });
        var picked = (await connection.QueryAsync<(string Id, int Total)>(
            new CommandDefinition(
                $"SELECT lead.listing_id, count(*) OVER () FROM {sql.From} WHERE {sql.Where} ORDER BY {sql.OrderBy} LIMIT @take OFFSET @skip",
                sql.Parameters,
                cancellationToken: cancellationToken))).AsList();
        var total = picked.Count > 0 || skip == 0
            ? picked.Select(row => row.Total).FirstOrDefault()
            : await connection.ExecuteScalarAsync<int>(
                new CommandDefinition($"SELECT count(*) FROM {sql.From} WHERE {sql.Where}", sql.Parameters, cancellationToken: cancellationToken));
        return ([.. picked.Select(row => row.Id)], total);
    }

    /// <returns>Null where there is no such lead.</returns>
    public async Task<LeadDetail?> FindAsync(LeadId id, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var row = await connection.QuerySingleOrDefaultAsync<StoredRow>(
            new CommandDefinition($"{SelectRows} WHERE lead.listing_id = @id", new { id = id.Value }, cancellationToken: cancellationToken));
        if (row is null)
        {
            return null;
        }

        var events = await EventsAsync(connection, null, id, cancellationToken);
        return new LeadDetail(
            row.ToLead(),
            await VersionsAsync(connection, id, cancellationToken),
            await LastCaptureAsync(connection, id, cancellationToken),
            events,
            LeadHistory.InForce(events).Count > 0);
    }

    /// <summary>The last capture that shows the listing's current version, null where none was made.</summary>
    public async Task<LeadCapture?> FindCaptureAsync(LeadId id, CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        return await LastCaptureAsync(connection, id, cancellationToken);
    }

    /// <summary>The lead that follows another in a filtered list, also when that one has just left it.</summary>
    /// <returns>Null at the end.</returns>
    public async Task<LeadId?> NextAsync(LeadFilter filter, LeadId current, CancellationToken cancellationToken)
    {
        var sql = new LeadSql(filter);
        sql.Parameters.Add("current", current.Value);
        await using var connection = database.Open();
        var next = await connection.ExecuteScalarAsync<string?>(
            new CommandDefinition(
                $"""
                WITH ranked AS (
                    SELECT lead.listing_id AS id, row_number() OVER (ORDER BY {sql.OrderBy}) AS place
                    FROM {sql.From} WHERE ({sql.Where}) OR lead.listing_id = @current)
                SELECT id FROM ranked WHERE place > (SELECT place FROM ranked WHERE id = @current) ORDER BY place LIMIT 1
                """,
                sql.Parameters,
                cancellationToken: cancellationToken));
        return next is null ? null : LeadId.Parse(next);
    }

    public async Task<LeadCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var counts = await connection.QueryAsync<(string State, string Decision, int Count)>(
            new CommandDefinition(
                """
                SELECT lead.state, assessment.decision, count(*) FROM lead JOIN assessment INDEXED BY assessment_in_brief ON assessment.listing_id = lead.listing_id AND assessment.is_lead = 1
                WHERE assessment.decision <> 'clear' OR lead.state <> 'new' GROUP BY lead.state, assessment.decision
                """,
                cancellationToken: cancellationToken));
        var all = counts.ToLookup(row => StoredName.Parse<LeadState>(row.State));
        return new LeadCounts(
            all[LeadState.New].Sum(row => row.Count),
            all[LeadState.New].Where(row => row.Decision == StoredName.Of(Decision.Flag)).Sum(row => row.Count),
            all[LeadState.Confirmed].Sum(row => row.Count),
            all[LeadState.Rejected].Sum(row => row.Count));
    }

    public async Task<LeadFacets> FacetsAsync(CancellationToken cancellationToken)
    {
        await using var connection = database.Open();
        var found = await connection.QueryAsync<(string Kind, string Value)>(
            new CommandDefinition(
                """
                SELECT 'platform', listing.platform FROM lead JOIN listing ON listing.id = lead.listing_id WHERE listing.platform IS NOT NULL
                UNION SELECT 'item', item FROM lead JOIN listing_item ON listing_item.listing_id = lead.listing_id
                UNION SELECT 'type', type FROM lead JOIN finding ON finding.listing_id = lead.listing_id
                UNION SELECT 'source', listing.source_id FROM lead JOIN listing ON listing.id = lead.listing_id
                ORDER BY 1, 2
                """,
                cancellationToken: cancellationToken));
        var all = found.ToLookup(row => row.Kind, row => row.Value);
        var rank = ViolationType.All.Select(type => type.Id).ToList();
        return new LeadFacets([.. all["platform"]], [.. all["item"]], [.. all["type"].OrderBy(rank.IndexOf)], [.. all["source"]]);
    }

    private static async Task<IReadOnlyList<LeadVersion>> VersionsAsync(SqliteConnection connection, LeadId id, CancellationToken cancellationToken)
    {
        var versions = await connection.QueryAsync<(int Version, string Body, string SeenAt)>(
            new CommandDefinition(
                """
                SELECT listing_version.version, listing_version.body, listing_version.seen_at
                FROM listing_version JOIN listing ON listing.id = listing_version.listing_id
                WHERE listing.id = @id
                ORDER BY listing_version.version = listing.version DESC, listing_version.seen_at DESC, listing_version.version DESC
                """,
                new { id = id.Value },
                cancellationToken: cancellationToken));
        return [.. versions.Select(row => new LeadVersion(row.Version, Read<Listing>(row.Body), StoredTime.Parse(row.SeenAt)))];
    }

    private static async Task<LeadCapture?> LastCaptureAsync(SqliteConnection connection, LeadId id, CancellationToken cancellationToken)
    {
        var captures = await connection.QueryAsync<(string Digest, string Url, string CapturedAt, string Fetcher)>(
            new CommandDefinition(
                """
                SELECT capture.digest, capture.final_url, capture.captured_at, capture.fetcher
                FROM listing
                JOIN sighting ON sighting.listing_id = listing.id AND sighting.version = listing.version
                JOIN capture ON capture.id = sighting.capture_id
                WHERE listing.id = @id ORDER BY sighting.seen_at DESC, sighting.id DESC LIMIT 1
                """,
                new { id = id.Value },
                cancellationToken: cancellationToken));
        return captures.Select(row => new LeadCapture(row.Digest, row.Url, StoredTime.Parse(row.CapturedAt), row.Fetcher)).SingleOrDefault();
    }

    private static async Task<IReadOnlyList<LeadEvent>> EventsAsync(
        SqliteConnection connection,
        SqliteTransaction? transaction,
        LeadId id,
        CancellationToken cancellationToken)
    {
        var events = await connection.QueryAsync<StoredEvent>(
            new CommandDefinition(
                "SELECT at, actor, action, from_state, to_state, reason, types, version FROM lead_event WHERE listing_id = @id ORDER BY id",
                new { id = id.Value },
                transaction,
                cancellationToken: cancellationToken));
        return [.. events.Select(row => row.ToEvent())];
    }

    private static T Read<T>(string json) =>
        JsonSerializer.Deserialize<T>(json, ContractJson.Options) ?? throw new InvalidDataException($"the store holds null where a {typeof(T).Name} was expected");

    private static ImmutableArray<string> ReadTypes(string json) => Read<ImmutableArray<string>>(json);
}
