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

    public void Apply(string listingId, ListingMarks now)
    {
        var before = _graph.MarksOf(listingId);
        var added = now.Marks.Except(before).ToList();
        var removed = before.Except(now.Marks).ToList();
        var seller = before.Count == 0 ? null : Prepared.Text(_connection, "SELECT seller FROM operator_mark WHERE listing_id = ?1 LIMIT 1", listingId);
        var changes = new Changes(added, removed, Moved: seller is not null && seller != now.Seller);
        if (added.Count == 0 && removed.Count == 0 && !changes.Moved)
        {
            return;
        }

        // The prints first: what is near to a new one may become common with it.
        Print(added, now);

        var concerned = added.Concat(removed).Concat(changes.Moved ? now.Marks : []).Distinct().SelectMany(_graph.WithNear).Distinct().ToList();
        var wasCommon = concerned.Where(_graph.IsCommon).ToHashSet();
        Write(listingId, now, changes);
        foreach (var mark in concerned.Where(mark => wasCommon.Contains(mark) != _graph.IsCommon(mark)))
        {
            _disturbed.UnionWith(_graph.ListingsOf(mark));
        }

        if (removed.Exists(mark => !wasCommon.Contains(mark)))
        {
            _disturbed.Add(listingId);
        }

        Forget(removed);
        Join(listingId, added);
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

    private void Join(string listingId, List<OperatorMark> added)
    {
        foreach (var mark in added.Where(mark => !_graph.IsCommon(mark)).SelectMany(_graph.WithNear).Where(mark => !_graph.IsCommon(mark)))
        {
            if (_graph.AnyOther(mark, listingId) is { } other)
            {
                _graph.Join(listingId, other);
            }
        }
    }

    /// <param name="Moved">The seller is another now.</param>
    private sealed record Changes(List<OperatorMark> Added, List<OperatorMark> Removed, bool Moved);
}
