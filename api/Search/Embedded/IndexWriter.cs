using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Embedded;

/// <summary>Writes documents into an index file within one transaction of the caller's. Not thread safe.</summary>
internal sealed class IndexWriter
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<(string Facet, string Key), long> _facetValues = [];

    // FTS5 writes out all that it has gathered whenever a number is lower than the one before, and listings that are no leads count downwards.
    private readonly SortedDictionary<long, PreparedDocument> _tokens = [];
    private long _last;
    private long _leads;
    private long _others;

    public IndexWriter(SqliteConnection connection)
    {
        _connection = connection;
        _last = Highest(connection);
    }

    /// <summary>The highest number given, whatever its sign.</summary>
    public static long Highest(SqliteConnection connection) => Math.Max(
        Prepared.Number(connection, "SELECT max(number) FROM listing") ?? 0, -(Prepared.Number(connection, "SELECT min(number) FROM listing") ?? 0));

    /// <summary>Unless the same or a newer state is there.</summary>
    public void Write(PreparedDocument prepared)
    {
        var document = prepared.Document;
        var known = Find(document.Id);
        if (known is { } same && same.Version >= document.Version)
        {
            return;
        }

        var place = known is null ? ++_last : Math.Abs(known.Value.Number);
        var number = document.IsLead ? place : -place;
        if (known is { } old)
        {
            Prepared.Execute(_connection, "DELETE FROM listing WHERE number = ?1", old.Number);
            Tally(old.Number, -1);
        }

        Prepared.Execute(
            _connection,
            "INSERT INTO listing VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            number,
            document.Id,
            document.Version,
            OrderOf(document.Decision),
            OrderOf(document.Risk),
            OrderOf(document.LastSeen),
            document.FirstSeen.ToUnixTimeMilliseconds(),
            document.Price,
            FacetBytes.Write(prepared.Keys.Select(key => FacetValue(key.Facet, key.Key))),
            prepared.Tokens);
        Tally(number, 1);
        Prepared.Execute(_connection, "INSERT OR REPLACE INTO document VALUES (?1, ?2)", place, prepared.Body);
        if (known is not { } before || before.Number != number || !before.Tokens.AsSpan().SequenceEqual(prepared.Tokens))
        {
            WriteTokens(known?.Number, number, prepared);
        }
    }

    public void Delete(string id)
    {
        if (Find(id) is { } known)
        {
            Prepared.Execute(_connection, "DELETE FROM listing WHERE number = ?1", known.Number);
            Prepared.Execute(_connection, "DELETE FROM document WHERE number = ?1", Math.Abs(known.Number));
            DropTokens(known.Number);
            Tally(known.Number, -1);
        }
    }

    /// <summary>To be called last, before the transaction is committed.</summary>
    public void Finish()
    {
        foreach (var (number, prepared) in _tokens)
        {
            Prepared.Execute(
                _connection,
                "INSERT INTO grams (rowid, pairs, singles, facets) VALUES (?1, ?2, ?3, ?4)",
                number,
                IndexTokens.Pairs(prepared.Document),
                IndexTokens.Singles(prepared.Document),
                prepared.Facets);
        }

        Prepared.Execute(_connection, "UPDATE tally SET leads = leads + ?1, others = others + ?2", _leads, _others);
    }

    /// <summary>Rises as results go down, as the next two.</summary>
    public static long OrderOf(Classifier.Decision decision) => -(long)decision;

    public static double OrderOf(double risk) => -risk;

    public static long OrderOf(DateTimeOffset lastSeen) => -lastSeen.ToUnixTimeMilliseconds();

    private (long Number, long Version, byte[] Tokens)? Find(string id) =>
        Prepared.Query(_connection, "SELECT number, version, tokens FROM listing WHERE id = ?1", row => ((long, long, byte[])?)(row.Number(0), row.Number(1), row.Bytes(2)), id) is [var known] ? known : null;

    private void WriteTokens(long? before, long number, PreparedDocument prepared)
    {
        if (before is { } old)
        {
            DropTokens(old);
        }

        _tokens.Add(number, prepared);
    }

    private void DropTokens(long number)
    {
        if (!_tokens.Remove(number))
        {
            Prepared.Execute(_connection, "DELETE FROM grams WHERE rowid = ?1", number);
        }
    }

    private void Tally(long number, int change)
    {
        if (number > 0)
        {
            _leads += change;
        }
        else
        {
            _others += change;
        }
    }

    private long FacetValue(string facet, string key)
    {
        if (!_facetValues.TryGetValue((facet, key), out var number))
        {
            Prepared.Execute(_connection, "INSERT OR IGNORE INTO facet_value (facet, value) VALUES (?1, ?2)", facet, key);
            number = Prepared.Number(_connection, "SELECT number FROM facet_value WHERE facet = ?1 AND value = ?2", facet, key)!.Value;
            _facetValues.Add((facet, key), number);
        }

        return number;
    }
}
