using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Operators;

/// <summary>Brings the groups up to date with what some listings now say, inside the caller's transaction.</summary>
/// <remarks>
/// A listing that only brings marks joins what it ties to. Where a mark is taken away, or becomes common or ceases to be, the groups concerned are
/// worked out from nothing by <see cref="Finish"/>.
/// </remarks>
internal sealed class GroupChange
{
    private readonly SqliteConnection _connection;
    private readonly WordingIndex _wordings;
    private readonly PictureIndex _pictures;
    private readonly OperatorGraph _graph;
    private readonly HashSet<string> _disturbed = new(StringComparer.Ordinal);

    public GroupChange(SqliteConnection connection)
    {
        _connection = connection;
        _wordings = new WordingIndex(connection);
        _pictures = new PictureIndex(connection);
        _graph = new OperatorGraph(connection, _wordings, _pictures);
    }

    /// <param name="hasMarks">False where no marks of the listing are kept.</param>
    public void Apply(string listingId, ListingMarks now, bool hasMarks)
    {
        string? seller = null;
        var before = hasMarks ? _graph.MarksOf(listingId, out seller) : [];
        var added = now.Marks.Where(mark => !before.Contains(mark)).ToList();
        var removed = before.FindAll(mark => !now.Marks.Contains(mark));
        var changes = new Changes(added, removed, Moved: seller is not null && seller != now.Seller);
        if (added.Count == 0 && removed.Count == 0 && !changes.Moved)
        {
            return;
        }

        if (removed.Count == 0 && !changes.Moved)
        {
            Join(listingId, added, Add(listingId, now, changes).Contains);
            return;
        }

        Change(listingId, now, changes);
        Forget(removed);
        Join(listingId, added, mark => !_graph.IsCommon(mark));
    }

    /// <summary>Works out what <see cref="Apply"/> could not settle by joining.</summary>
    public void Finish()
    {
        _disturbed.UnionWith(_wordings.Disturbed.SelectMany(digest => _graph.ListingsOf(new OperatorMark(MarkKind.Wording, digest))));
        if (_disturbed.Count > 0)
        {
            _graph.Regroup(_disturbed);
        }
    }

    /// <summary>Where marks are only added, all that they and those near them gain is one seller, so that each is counted once.</summary>
    /// <returns>The marks that tie the listing to somebody.</returns>
    private HashSet<OperatorMark> Add(string listingId, ListingMarks now, Changes changes)
    {
        Print(changes.Added, now);
        var (tying, becomeCommon) = (new HashSet<OperatorMark>(), new List<OperatorMark>());
        foreach (var mark in changes.Added.SelectMany(_graph.WithNear).Distinct().Where(mark => !_graph.IsKnownCommon(mark)))
        {
            var sellers = _graph.SellersOf(mark);
            var before = sellers.Count;
            sellers.Add(now.Seller);
            if (sellers.Count > OperatorGraph.MostSellers)
            {
                _graph.KeepCommon(mark);
                becomeCommon.AddRange(before > OperatorGraph.MostSellers ? [] : [mark]);
            }
            else if (before > 0)
            {
                tying.Add(mark);
            }
        }

        Write(listingId, now, changes);
        _disturbed.UnionWith(becomeCommon.SelectMany(_graph.ListingsOf));
        return tying;
    }

    private void Change(string listingId, ListingMarks now, Changes changes)
    {
        // The prints first: what is near to a new one may become common with it.
        Print(changes.Added, now);
        var concerned = changes.Added.Concat(changes.Removed).Concat(changes.Moved ? now.Marks : []).Distinct().SelectMany(_graph.WithNear).Distinct().ToList();
        var wasCommon = concerned.Where(_graph.IsCommon).ToHashSet();
        Write(listingId, now, changes);
        _disturbed.UnionWith(concerned.Where(mark => wasCommon.Contains(mark) != _graph.IsCommon(mark)).SelectMany(_graph.ListingsOf));
        if (changes.Removed.Exists(mark => !wasCommon.Contains(mark)))
        {
            _disturbed.Add(listingId);
        }
    }

    private void Print(List<OperatorMark> added, ListingMarks now)
    {
        var partings = _wordings.Partings;
        foreach (var mark in added)
        {
            switch (mark.Kind)
            {
                case MarkKind.Wording:
                    _wordings.Add(now.Prints[mark.Value]);
                    break;
                case MarkKind.Image:
                    _pictures.Add(now.Pictures[mark.Value]);
                    break;
            }
        }

        if (_wordings.Partings != partings)
        {
            _graph.ForgetCommon();
        }
    }

    private void Write(string listingId, ListingMarks now, Changes changes)
    {
        if (changes.Removed.Count > 0 || changes.Moved)
        {
            _graph.ForgetCommon();
        }

        foreach (var mark in changes.Removed)
        {
            Prepared.Execute(
                _connection, "DELETE FROM operator_mark WHERE kind = ?1 AND value = ?2 AND listing_id = ?3", mark.Kind, mark.Value, listingId);
        }

        if (changes.Moved)
        {
            Prepared.Execute(_connection, "UPDATE operator_mark SET seller = ?1 WHERE listing_id = ?2", now.Seller, listingId);
        }

        foreach (var mark in changes.Added)
        {
            Prepared.Execute(
                _connection, "INSERT INTO operator_mark (kind, value, seller, listing_id) VALUES (?1, ?2, ?3, ?4)", mark.Kind, mark.Value, now.Seller, listingId);
        }
    }

    private void Forget(List<OperatorMark> removed)
    {
        foreach (var mark in removed.Where(mark => MarkKind.IsLikeness(mark.Kind) && _graph.ListingsOf(mark).Count == 0))
        {
            if (mark.Kind == MarkKind.Wording)
            {
                _wordings.Remove(mark.Value);
            }
            else
            {
                _pictures.Remove(mark.Value);
            }

            _graph.ForgetCommon();
        }
    }

    private void Join(string listingId, List<OperatorMark> added, Func<OperatorMark, bool> ties)
    {
        foreach (var mark in added.Where(ties).SelectMany(_graph.WithNear).Where(ties))
        {
            _graph.Join(listingId, mark);
        }
    }

    /// <param name="Moved">The seller is another now.</param>
    private sealed record Changes(List<OperatorMark> Added, List<OperatorMark> Removed, bool Moved);
}
