using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Operators;

/// <summary>Which listings hang together, inside the caller's transaction: by a mark that both have, or by near wordings or pictures.</summary>
/// <remarks>What more than <see cref="MostSellers"/> sellers share is common and ties nobody: a platform's hotline, a text that everybody copies, a picture that stands in for none.</remarks>
internal sealed class OperatorGraph(SqliteConnection connection, WordingIndex wordings, PictureIndex pictures)
{
    public const int MostSellers = 20;

    /// <summary>Marks found to be common; as long as marks are only added, they stay so. Counting their sellers anew took most of the time.</summary>
    private readonly HashSet<OperatorMark> _common = [];

    public List<OperatorMark> MarksOf(string listingId) => MarksOf(listingId, out _);

    /// <param name="seller">Who offered when they were written; null where there are none.</param>
    public List<OperatorMark> MarksOf(string listingId, out string? seller)
    {
        string? last = null;
        var marks = Prepared.Query(
            connection,
            "SELECT kind, value, seller FROM operator_mark WHERE listing_id = ?1 ORDER BY kind, value",
            row =>
            {
                last = row.Text(2);
                return new OperatorMark(row.Text(0)!, row.Text(1)!);
            },
            listingId);
        seller = last;
        return marks;
    }

    public List<string> ListingsOf(OperatorMark mark) => Prepared.Query(
        connection, "SELECT listing_id FROM operator_mark WHERE kind = ?1 AND value = ?2 ORDER BY listing_id", row => row.Text(0)!, mark.Kind, mark.Value);

    /// <summary>The mark itself, and for a wording or a picture those near it.</summary>
    public List<OperatorMark> WithNear(OperatorMark mark) => mark.Kind switch
    {
        MarkKind.Wording => [mark, .. wordings.NearTo(mark.Value).Select(near => mark with { Value = near })],
        MarkKind.Image => [mark, .. pictures.NearTo(mark.Value).Select(near => mark with { Value = near })],
        _ => [mark],
    };

    /// <summary>The sellers that have a mark, or a wording or picture near it; no more than one beyond those that are too many.</summary>
    public HashSet<string> SellersOf(OperatorMark mark)
    {
        var sellers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var shared in WithNear(mark))
        {
            // From seller to seller along the index, however many listings each has, until the last.
            var (seller, last) = FirstAndLastSeller(shared);
            while (seller is not null && sellers.Count <= MostSellers)
            {
                sellers.Add(seller);
                seller = seller == last ? null : NextSeller(shared, seller);
            }
        }

        return sellers;
    }

    public bool IsCommon(OperatorMark mark) => IsKnownCommon(mark) || (SellersOf(mark).Count > MostSellers && _common.Add(mark));

    /// <summary>Whether it was found to be common, without counting.</summary>
    public bool IsKnownCommon(OperatorMark mark) => _common.Contains(mark);

    public void KeepCommon(OperatorMark mark) => _common.Add(mark);

    /// <summary>To be called where a listing lost a mark or moved to another seller, or near ones were parted: what was common may be so no more.</summary>
    public void ForgetCommon() => _common.Clear();

    /// <summary>Works out the groups that hold any of some listings, or held them before, from nothing.</summary>
    public void Regroup(IReadOnlyCollection<string> listings)
    {
        var seeds = new SortedSet<string>(listings, StringComparer.Ordinal);
        foreach (var operatorId in listings.Select(OperatorOf).OfType<string>().Distinct(StringComparer.Ordinal).ToList())
        {
            seeds.UnionWith(MembersOf(operatorId));
        }

        var walk = new Walk(new(StringComparer.Ordinal), [], [], []);
        foreach (var seed in seeds.Where(walk.Reached.Add))
        {
            Store(Component(seed, walk));
        }
    }

    /// <summary>Puts a listing, with its group if it is in one, together with another that has the mark; all that have it are together by then.</summary>
    public void Join(string listingId, OperatorMark mark)
    {
        if (Prepared.Query(connection, AnyOther, row => (Id: row.Text(0)!, Operator: row.Text(1)), mark.Kind, mark.Value, listingId) is not [var other])
        {
            return;
        }

        var mine = OperatorOf(listingId);
        if (mine is null || mine != other.Operator)
        {
            var (left, right) = (mine ?? listingId, other.Operator ?? other.Id);
            var low = string.CompareOrdinal(left, right) < 0 ? left : right;
            Bring(listingId, mine, low);
            Bring(other.Id, other.Operator, low);
        }
    }

    /// <summary>Puts a listing, with the group that it is in, into another.</summary>
    private void Bring(string listingId, string? from, string into)
    {
        if (from is null)
        {
            Insert(listingId, into);
        }
        else if (from != into)
        {
            Prepared.Execute(connection, "UPDATE operator_member SET operator_id = ?1 WHERE operator_id = ?2", into, from);
        }
    }

    private void Insert(string listingId, string operatorId) => Prepared.Execute(
        connection,
        "INSERT INTO operator_member (listing_id, operator_id, is_gone) SELECT id, ?2, coalesce(gone_at >= last_seen, 0) FROM listing WHERE id = ?1",
        listingId,
        operatorId);

    private (string? First, string? Last) FirstAndLastSeller(OperatorMark mark) => Prepared.Query(
        connection,
        """
        SELECT seller, (SELECT seller FROM operator_mark WHERE kind = ?1 AND value = ?2 ORDER BY seller DESC LIMIT 1)
        FROM operator_mark WHERE kind = ?1 AND value = ?2 ORDER BY seller LIMIT 1
        """,
        row => (row.Text(0), row.Text(1)),
        mark.Kind,
        mark.Value) is [var ends] ? ends : default;

    private const string AnyOther =
        """
        SELECT listing_id, (SELECT operator_id FROM operator_member WHERE operator_member.listing_id = operator_mark.listing_id)
        FROM operator_mark WHERE kind = ?1 AND value = ?2 AND listing_id <> ?3 LIMIT 1
        """;

    private string? NextSeller(OperatorMark mark, string after) => Prepared.Text(
        connection, "SELECT seller FROM operator_mark WHERE kind = ?1 AND value = ?2 AND seller > ?3 ORDER BY seller LIMIT 1", mark.Kind, mark.Value, after);

    private string? OperatorOf(string listingId) => Prepared.Text(connection, "SELECT operator_id FROM operator_member WHERE listing_id = ?1", listingId);

    private List<string> MembersOf(string operatorId) => Prepared.Query(
        connection, "SELECT listing_id FROM operator_member WHERE operator_id = ?1", row => row.Text(0)!, operatorId);

    private List<string> Component(string seed, Walk walk)
    {
        var component = new List<string>();
        var open = new Queue<string>([seed]);
        while (open.TryDequeue(out var listing))
        {
            component.Add(listing);
            foreach (var next in MarksOf(listing).Where(mark => walk.Expanded.Add(mark) && Ties(mark, walk)).SelectMany(WithNear).ToList()
                .Where(mark => walk.Listed.Add(mark) && Ties(mark, walk)).SelectMany(ListingsOf).Where(walk.Reached.Add))
            {
                open.Enqueue(next);
            }
        }

        return component;
    }

    private bool Ties(OperatorMark mark, Walk walk)
    {
        if (!walk.Ties.TryGetValue(mark, out var ties))
        {
            walk.Ties[mark] = ties = !IsCommon(mark);
        }

        return ties;
    }

    /// <summary>Writes what is not written so already: most of a group stays as it was.</summary>
    private void Store(List<string> component)
    {
        if (component is [var alone])
        {
            Prepared.Execute(connection, "DELETE FROM operator_member WHERE listing_id = ?1", alone);
            return;
        }

        var operatorId = component.Min(StringComparer.Ordinal)!;
        foreach (var listing in component)
        {
            var known = OperatorOf(listing);
            if (known is null)
            {
                Insert(listing, operatorId);
            }
            else if (known != operatorId)
            {
                Prepared.Execute(connection, "UPDATE operator_member SET operator_id = ?2 WHERE listing_id = ?1", listing, operatorId);
            }
        }
    }

    /// <param name="Expanded">Marks whose near ones were looked up.</param>
    /// <param name="Listed">Marks whose listings were looked up.</param>
    /// <param name="Ties">Of the marks that were come upon, whether they tie.</param>
    private sealed record Walk(HashSet<string> Reached, HashSet<OperatorMark> Expanded, HashSet<OperatorMark> Listed, Dictionary<OperatorMark, bool> Ties);
}
