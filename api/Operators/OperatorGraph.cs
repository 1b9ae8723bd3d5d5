using Dapper;
using Microsoft.Data.Sqlite;

namespace Surveillance.Api.Operators;

/// <summary>Which listings hang together, inside the caller's transaction: by a mark that both have, or by near wordings.</summary>
/// <remarks>What more than <see cref="MostSellers"/> sellers share is common and ties nobody: a platform's hotline, a text that everybody copies.</remarks>
internal sealed class OperatorGraph(SqliteConnection connection, SqliteTransaction? transaction, WordingIndex wordings)
{
    public const int MostSellers = 20;

    public List<OperatorMark> MarksOf(string listingId) =>
        connection.Query<OperatorMark>("SELECT kind, value FROM operator_mark WHERE listing_id = @listingId ORDER BY kind, value", new { listingId }, transaction).AsList();

    public List<string> ListingsOf(OperatorMark mark) =>
        connection.Query<string>("SELECT listing_id FROM operator_mark WHERE kind = @Kind AND value = @Value ORDER BY listing_id", mark, transaction).AsList();

    /// <summary>One listing that has the mark, other than the given one.</summary>
    public string? AnyOther(OperatorMark mark, string listingId) => connection.ExecuteScalar<string?>(
        "SELECT listing_id FROM operator_mark WHERE kind = @Kind AND value = @Value AND listing_id <> @listingId LIMIT 1", new { mark.Kind, mark.Value, listingId }, transaction);

    /// <summary>The mark itself, and for a wording those near it.</summary>
    public List<OperatorMark> WithNear(OperatorMark mark) =>
        mark.Kind == MarkKind.Wording ? [mark, .. wordings.NearTo(mark.Value).Select(near => new OperatorMark(MarkKind.Wording, near))] : [mark];

    /// <summary>How many sellers have a mark, or a wording near it; counted no further than one more than are too many.</summary>
    public int SellersOf(OperatorMark mark) => connection.ExecuteScalar<int>(
        mark.Kind == MarkKind.Wording
            ? """
              SELECT count(*) FROM (
                  SELECT DISTINCT seller FROM operator_mark
                  WHERE kind = 'wording' AND value IN (SELECT @Value UNION ALL SELECT other FROM wording_pair WHERE digest = @Value) LIMIT @most)
              """
            : "SELECT count(*) FROM (SELECT DISTINCT seller FROM operator_mark WHERE kind = @Kind AND value = @Value LIMIT @most)",
        new { mark.Kind, mark.Value, most = MostSellers + 1 },
        transaction);

    public bool IsCommon(OperatorMark mark) => SellersOf(mark) > MostSellers;

    /// <summary>Works out the groups that hold any of some listings, or held them before, from nothing.</summary>
    public void Regroup(IReadOnlyCollection<string> listings)
    {
        var seeds = new SortedSet<string>(listings, StringComparer.Ordinal);
        foreach (var listing in listings)
        {
            seeds.UnionWith(MembersWith(listing));
        }

        var walk = new Walk(new(StringComparer.Ordinal), [], []);
        foreach (var seed in seeds.Where(walk.Reached.Add))
        {
            Store(Component(seed, walk));
        }
    }

    /// <summary>Puts two groups, or listings in none, together.</summary>
    public void Join(string one, string other)
    {
        var (mine, theirs) = (OperatorOf(one), OperatorOf(other));
        if (mine is not null && mine == theirs)
        {
            return;
        }

        var (low, high) = string.CompareOrdinal(mine ?? one, theirs ?? other) < 0 ? (mine ?? one, theirs ?? other) : (theirs ?? other, mine ?? one);
        connection.Execute(
            """
            UPDATE operator_member SET operator_id = @low WHERE operator_id = @high;
            INSERT INTO operator_member (listing_id, operator_id) VALUES (@one, @low), (@other, @low) ON CONFLICT (listing_id) DO NOTHING;
            """,
            new { low, high, one, other },
            transaction);
    }

    private string? OperatorOf(string listingId) =>
        connection.ExecuteScalar<string?>("SELECT operator_id FROM operator_member WHERE listing_id = @listingId", new { listingId }, transaction);

    private IEnumerable<string> MembersWith(string listingId) => connection.Query<string>(
        "SELECT listing_id FROM operator_member WHERE operator_id = (SELECT operator_id FROM operator_member WHERE listing_id = @listingId)", new { listingId }, transaction);

    private List<string> Component(string seed, Walk walk)
    {
        var component = new List<string>();
        var open = new Queue<string>([seed]);
        while (open.TryDequeue(out var listing))
        {
            component.Add(listing);
            foreach (var next in MarksOf(listing).Where(mark => walk.Expanded.Add(mark) && !IsCommon(mark)).SelectMany(WithNear).ToList()
                .Where(mark => walk.Listed.Add(mark) && !IsCommon(mark)).SelectMany(ListingsOf).Where(walk.Reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return component;
    }

    private void Store(List<string> component)
    {
        var operatorId = component.Min(StringComparer.Ordinal);
        connection.Execute(
            component.Count == 1
                ? "DELETE FROM operator_member WHERE listing_id = @listing"
                : "INSERT INTO operator_member (listing_id, operator_id) VALUES (@listing, @operatorId) ON CONFLICT (listing_id) DO UPDATE SET operator_id = excluded.operator_id",
            component.Select(listing => new { listing, operatorId }),
            transaction);
    }

    /// <param name="Expanded">Marks whose near ones were looked up.</param>
    /// <param name="Listed">Marks whose listings were looked up.</param>
    private sealed record Walk(HashSet<string> Reached, HashSet<OperatorMark> Expanded, HashSet<OperatorMark> Listed);
}
