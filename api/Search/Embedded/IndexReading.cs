using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search.Embedded;

/// <summary>One query read in one read transaction: what matches, page by page. Not thread safe.</summary>
internal sealed class IndexReading
{
    private readonly SqliteConnection _connection;
    private readonly bool _leadsOnly;
    private readonly CancellationToken _cancellationToken;

    /// <summary>Null where everything matches.</summary>
    private readonly NumberSet? _matches;
    private readonly Place _first;
    private List<Place>? _sorted;

    public IndexReading(SqliteConnection connection, SearchQuery query, CancellationToken cancellationToken)
    {
        _connection = connection;
        _leadsOnly = query.LeadsOnly;
        _cancellationToken = cancellationToken;
        _first = FirstOf(query);
        _matches = new IndexMatches(connection, cancellationToken).Of(query);
    }

    public long Total => _matches?.Count ?? All;

    /// <summary>Listings that the query could match if it had no conditions.</summary>
    private long All => Prepared.Number(_connection, _leadsOnly ? "SELECT leads FROM tally" : "SELECT leads + others FROM tally")!.Value;

    /// <summary>The next matches behind a place, at most so many.</summary>
    /// <remarks>
    /// Either all listings are gone through in the order of results until enough match, which is quick where many do, or the matches are looked up and sorted, which is quick
    /// where they are few. Nobody knows beforehand which: matches may lie at the very end of the order. So the first is given up once it has cost as much as the second would.
    /// </remarks>
    public List<Place> Next(SearchCursor? after, int size) =>
        _matches is null ? Walk(after, size, null)!
        : _sorted is null && Walk(after, size, (long)_matches.Count * IndexMatches.StepsOfOneLookUp) is { } places ? places
        : Next(_matches, after, size);

    public IndexDocument Document(Place place) =>
        Prepared.Query(_connection, "SELECT body FROM document WHERE number = ?1", row => PreparedDocument.Read(row.Text(0)!, place.Version), Math.Abs(place.Number))[0];

    public FacetCounts Facets()
    {
        var values = Prepared.Query(_connection, "SELECT number, facet, value FROM facet_value", row => (Number: row.Number(0), Facet: row.Text(1)!, Key: row.Text(2)!));
        var counts = new long[values.Select(value => value.Number).DefaultIfEmpty(0).Max() + 1];
        if (_matches is { } some && some.Count < All / 8)
        {
            foreach (var number in some.Numbers())
            {
                Prepared.Visit(_connection, "SELECT facets FROM listing WHERE number = ?1", row => Count(row.Blob(0)), number);
            }
        }
        else
        {
            Prepared.Visit(_connection, "SELECT number, facets FROM listing WHERE number > ?1", row => !Holds(row.Number(0)) || Count(row.Blob(1)), LeastNumber);
        }

        var facets = new FacetCounts();
        foreach (var value in values.Where(value => counts[value.Number] > 0))
        {
            facets.Add(value.Facet, value.Key, counts[value.Number]);
        }

        return facets;

        bool Count(ReadOnlySpan<byte> bytes)
        {
            FacetBytes.Count(bytes, counts);
            return true;
        }
    }

    /// <summary>What comes before all that can match: where only some decisions are asked for, results begin with the gravest of them.</summary>
    private static Place FirstOf(SearchQuery query)
    {
        var least = query.Filters.OfType<SearchFilter.OneOf>().Where(filter => filter.Field == SearchField.Decision && !filter.IsExcluded)
            .Select(filter => Enum.GetValues<Decision>().Where(decision => filter.Values.Contains(DocumentFields.NameOf(decision))).Select(IndexWriter.OrderOf).DefaultIfEmpty(0).Min())
            .DefaultIfEmpty(long.MinValue).Max();
        return new Place(least, double.MinValue, long.MinValue, "", 0, 0);
    }

    private long LeastNumber => _leadsOnly ? 0 : long.MinValue;

    private bool Holds(long number) => (number > 0 || !_leadsOnly) && (_matches is null || _matches.Has(number));

    private List<Place> Next(NumberSet matches, SearchCursor? after, int size)
    {
        if (_sorted is null)
        {
            _sorted = new List<Place>(matches.Count);
            foreach (var number in matches.Numbers())
            {
                Prepared.Visit(_connection, $"SELECT {Place.Columns} FROM listing WHERE number = ?1", row => Add(Place.Read(row)), number);
            }

            _sorted.Sort();
        }

        var first = after is null ? 0 : _sorted.BinarySearch(Place.Of(after)) is var found && found < 0 ? ~found : found + 1;
        return _sorted.GetRange(first, Math.Min(size, _sorted.Count - first));

        bool Add(Place place)
        {
            _sorted.Add(place);
            return true;
        }
    }

    /// <returns>Null where so many steps did not do.</returns>
    private List<Place>? Walk(SearchCursor? after, int size, long? most)
    {
        var places = new List<Place>(size);
        var steps = 0L;
        var from = after is null ? _first : Place.Of(after);
        Prepared.Visit(
            _connection,
            $"""
            SELECT {Place.Columns} FROM listing INDEXED BY listing_in_order
            WHERE (decision_order, risk_order, last_seen_order, id) > (?1, ?2, ?3, ?4) ORDER BY decision_order, risk_order, last_seen_order, id
            """,
            Add,
            from.Decision,
            from.Risk,
            from.LastSeen,
            from.Id);
        return steps > most ? null : places;

        bool Add(PreparedRow row)
        {
            if (++steps > most)
            {
                return false;
            }

            if (steps % 4096 == 0)
            {
                _cancellationToken.ThrowIfCancellationRequested();
            }

            if (Holds(row.Number(0)))
            {
                places.Add(Place.Read(row));
            }

            return places.Count < size;
        }
    }

    /// <summary>Where a listing stands in the order of results: the first columns rise as results go down.</summary>
    internal readonly record struct Place(long Decision, double Risk, long LastSeen, string Id, long Number, long Version) : IComparable<Place>
    {
        /// <summary>As <see cref="Read"/> wants them, the number first.</summary>
        public const string Columns = "number, decision_order, risk_order, last_seen_order, id, version";

        public static Place Read(PreparedRow row) => new(row.Number(1), row.Real(2), row.Number(3), row.Text(4)!, row.Number(0), row.Number(5));

        public static Place Of(SearchCursor cursor) =>
            new(IndexWriter.OrderOf(cursor.Decision), IndexWriter.OrderOf(cursor.Risk), IndexWriter.OrderOf(cursor.LastSeen), cursor.Id, 0, 0);

        public SearchCursor ToCursor() => new((Decision)(-Decision), -Risk + 0.0, DateTimeOffset.FromUnixTimeMilliseconds(-LastSeen), Id);

        public int CompareTo(Place other) =>
            Decision.CompareTo(other.Decision) is not 0 and var byDecision ? byDecision
            : Risk.CompareTo(other.Risk) is not 0 and var byRisk ? byRisk
            : LastSeen.CompareTo(other.LastSeen) is not 0 and var byTime ? byTime
            : string.CompareOrdinal(Id, other.Id);
    }
}
