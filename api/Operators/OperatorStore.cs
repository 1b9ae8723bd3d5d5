using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Leads;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Operators;

/// <summary>Reads the groups that <see cref="OperatorGrouping"/> made, with the reasons. Thread safe.</summary>
public sealed class OperatorStore(Database database)
{
    public const int MostTies = 50;

    /// <returns>Null where there is no such listing.</returns>
    public OperatorGroup? Find(LeadId id)
    {
        using var connection = database.Open();
        using var transaction = connection.BeginTransaction(deferred: true);
        if (connection.ExecuteScalar<string?>("SELECT id FROM listing WHERE id = @id", new { id = id.Value }, transaction) is null)
        {
            return null;
        }

        var graph = new OperatorGraph(connection, new WordingIndex(connection), new PictureIndex(connection));
        var found = Walk(connection, transaction, graph, id.Value);
        var size = connection.QuerySingle<GroupSize>(
            """
            SELECT min(operator_id) AS id, count(*) AS listings, count(lead.listing_id) AS leads FROM operator_member LEFT JOIN lead USING (listing_id)
            WHERE operator_id = (SELECT operator_id FROM operator_member WHERE listing_id = @id)
            """,
            new { id = id.Value },
            transaction);
        return new OperatorGroup(
            size.Id is { } group ? LeadId.Parse(group) : id,
            Math.Max(1, size.Listings),
            size.Id is null ? connection.ExecuteScalar<int>("SELECT count(*) FROM lead WHERE listing_id = @id", new { id = id.Value }, transaction) : size.Leads,
            Ties(connection, transaction, found),
            [.. Common(graph, id.Value)],
            RelistOf(connection, transaction, id));
    }

    /// <summary>The listing's neighbours, then theirs, until there are enough.</summary>
    private static List<Found> Walk(SqliteConnection connection, SqliteTransaction transaction, OperatorGraph graph, string start)
    {
        var found = new List<Found>();
        var seen = new HashSet<string>([start], StringComparer.Ordinal);
        var open = new Queue<string>([start]);
        while (found.Count < MostTies && open.TryDequeue(out var from))
        {
            var near = Neighbours(connection, transaction, graph, from).Where(next => !seen.Contains(next.Key))
                .OrderByDescending(next => next.Value.Count).ThenByDescending(next => next.Value.Max(reason => reason.Likeness)).ThenBy(next => next.Key, StringComparer.Ordinal);
            foreach (var (listing, reasons) in near.Take(MostTies - found.Count).ToList())
            {
                seen.Add(listing);
                open.Enqueue(listing);
                found.Add(new Found(listing, from == start ? null : from, reasons));
            }
        }

        return found;
    }

    private static Dictionary<string, List<TieReason>> Neighbours(SqliteConnection connection, SqliteTransaction transaction, OperatorGraph graph, string listing)
    {
        var near = new Dictionary<string, List<TieReason>>(StringComparer.Ordinal);
        foreach (var mark in graph.MarksOf(listing).Where(mark => !graph.IsCommon(mark)))
        {
            var likeness = Likenesses(connection, transaction, mark);
            foreach (var shared in graph.WithNear(mark).Where(shared => shared == mark || !graph.IsCommon(shared)))
            {
                var reason = MarkKind.IsLikeness(mark.Kind)
                    ? new TieReason(mark.Kind, null, shared == mark ? 1 : likeness[shared.Value])
                    : new TieReason(mark.Kind, mark.Kind == MarkKind.Seller ? mark.Value[(mark.Value.IndexOf('\n', StringComparison.Ordinal) + 1)..] : mark.Value, null);
                foreach (var other in graph.ListingsOf(shared).Where(other => other != listing))
                {
                    Add(near, other, reason);
                }
            }
        }

        return near;
    }

    /// <summary>How alike the near ones of a wording or picture are; empty for other marks.</summary>
    private static Dictionary<string, double> Likenesses(SqliteConnection connection, SqliteTransaction transaction, OperatorMark mark) => !MarkKind.IsLikeness(mark.Kind)
        ? []
        : connection.Query<(string Other, double Likeness)>(
            mark.Kind == MarkKind.Wording
                ? "SELECT other, likeness FROM wording_pair WHERE digest = @Value"
                : "SELECT other, likeness FROM picture_pair WHERE digest = @Value",
            mark,
            transaction).ToDictionary(pair => pair.Other, pair => pair.Likeness);

    /// <summary>Of several likenesses of one kind the greatest.</summary>
    private static void Add(Dictionary<string, List<TieReason>> near, string other, TieReason reason)
    {
        if (!near.TryGetValue(other, out var reasons))
        {
            near[other] = reasons = [];
        }

        if (reason.Likeness is not null && reasons.Find(known => known.Kind == reason.Kind) is { } alike)
        {
            reasons.Remove(alike);
            reason = alike.Likeness > reason.Likeness ? alike : reason;
        }

        reasons.Add(reason);
    }

    private static IEnumerable<CommonMark> Common(OperatorGraph graph, string listing) => graph.MarksOf(listing)
        .Select(mark => (Mark: mark, Sellers: graph.SellersOf(mark).Count))
        .Where(counted => counted.Sellers > OperatorGraph.MostSellers)
        .Select(counted => new CommonMark(counted.Mark.Kind, MarkKind.IsLikeness(counted.Mark.Kind) ? null : counted.Mark.Value, counted.Sellers));

    private static List<OperatorTie> Ties(SqliteConnection connection, SqliteTransaction transaction, List<Found> found)
    {
        var rows = connection.Query<TiedRow>(
            """
            SELECT listing.id, listing.item_id, listing.platform, listing_version.title, listing_version.seller, assessment.decision, lead.state
            FROM listing JOIN listing_version ON listing_version.listing_id = listing.id AND listing_version.version = listing.version
            LEFT JOIN assessment ON assessment.listing_id = listing.id LEFT JOIN lead ON lead.listing_id = listing.id
            WHERE listing.id IN (SELECT value FROM json_each(@ids))
            """,
            new { ids = JsonSerializer.Serialize(found.Select(tied => tied.Listing)) },
            transaction).ToDictionary(row => row.Id);
        return [.. found.Select(tied => (Tied: tied, Row: rows[tied.Listing])).Select(pair => new OperatorTie(
            LeadId.Parse(pair.Tied.Listing),
            pair.Row.ItemId,
            pair.Row.Platform,
            pair.Row.Title,
            pair.Row.Seller,
            pair.Row.Decision is { } decision ? StoredName.Parse<Decision>(decision) : Decision.Clear,
            StateOf(pair.Row.State),
            pair.Tied.Via is { } via ? LeadId.Parse(via) : null,
            pair.Tied.Reasons))];
    }

    private static RelistedListing? RelistOf(SqliteConnection connection, SqliteTransaction transaction, LeadId id)
    {
        var old = connection.QuerySingleOrDefault<RelistedRow>(
            """
            SELECT old.id, old.item_id, listing_version.title, old.last_seen, old.gone_at, lead.state
            FROM listing AS new JOIN listing AS old ON old.id = new.relist_of
            JOIN listing_version ON listing_version.listing_id = old.id AND listing_version.version = old.version LEFT JOIN lead ON lead.listing_id = old.id
            WHERE new.id = @id
            """,
            new { id = id.Value },
            transaction);
        return old is null ? null : new RelistedListing(
            LeadId.Parse(old.Id), old.ItemId, old.Title, StoredTime.Parse(old.LastSeen), StoredTime.Parse(old.GoneAt), StateOf(old.State));
    }

    private static LeadState? StateOf(string? state) => state is null ? null : StoredName.Parse<LeadState>(state);

    private sealed record Found(string Listing, string? Via, List<TieReason> Reasons);

    private sealed record GroupSize
    {
        public string? Id { get; init; }

        public int Listings { get; init; }

        public int Leads { get; init; }
    }

    private sealed record TiedRow
    {
        public required string Id { get; init; }

        public string? ItemId { get; init; }

        public string? Platform { get; init; }

        public string? Title { get; init; }

        public string? Seller { get; init; }

        public string? Decision { get; init; }

        public string? State { get; init; }
    }

    private sealed record RelistedRow
    {
        public required string Id { get; init; }

        public string? ItemId { get; init; }

        public string? Title { get; init; }

        public required string LastSeen { get; init; }

        public required string GoneAt { get; init; }

        public string? State { get; init; }
    }
}
