using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Embedded;

/// <summary>Finds which listings of an index file answer a query. Not thread safe.</summary>
internal sealed class IndexMatches(SqliteConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Looking one listing up costs as much as going so many places on in an index.</summary>
    public const int StepsOfOneLookUp = 4;

    private readonly long _highest = IndexWriter.Highest(connection);

    /// <returns>Null where every listing (every lead, where it asks for leads) answers.</returns>
    public NumberSet? Of(SearchQuery query)
    {
        var least = query.LeadsOnly ? 0L : long.MinValue;
        var matches = MatchExpression.Of(query) is { } expression
            ? Numbers("SELECT rowid FROM grams WHERE grams MATCH ?2 AND rowid > ?1", null, least, expression)
            : null;
        foreach (var filter in query.Filters.Where(filter => filter is not SearchFilter.OneOf))
        {
            var ends = Ends(filter);
            if (matches is null && filter.IsExcluded)
            {
                matches = Numbers("SELECT number FROM listing INDEXED BY listing_by_risk WHERE number > ?1", null, least)!;
            }

            // As with pages: the range is gone through, unless it turns out to be so wide that looking the matches up is quicker.
            var range = Numbers(
                $"SELECT number FROM listing INDEXED BY {ends.Index} WHERE {ends.Column} BETWEEN ?2 AND ?3 AND number > ?1", (long?)matches?.Count * StepsOfOneLookUp, least, ends.From, ends.To);
            if (matches is null)
            {
                matches = range;
            }
            else if (range is null)
            {
                matches = LookedUp(matches, ends, filter.IsExcluded);
            }
            else
            {
                matches.Keep(range, filter.IsExcluded);
            }
        }

        return matches;
    }

    /// <returns>Null where there are more than so many.</returns>
    private NumberSet? Numbers(string sql, long? most, params ReadOnlySpan<object?> values)
    {
        var numbers = new NumberSet(_highest);
        var steps = 0L;
        Prepared.Visit(connection, sql, Add, values);
        return steps > most ? null : numbers;

        bool Add(PreparedRow row)
        {
            if (++steps > most)
            {
                return false;
            }

            if (steps % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            numbers.Add(row.Number(0));
            return true;
        }
    }

    private NumberSet LookedUp(NumberSet matches, RangeEnds ends, bool isExcluded)
    {
        var within = new NumberSet(_highest);
        var sql = $"SELECT 1 FROM listing WHERE number = ?1 AND {ends.Column} BETWEEN ?2 AND ?3";
        foreach (var number in matches.Numbers())
        {
            if (Prepared.Number(connection, sql, number, ends.From, ends.To) is not null != isExcluded)
            {
                within.Add(number);
            }
        }

        return within;
    }

    /// <summary>As the listing's columns have them: risk is stored falling. An open end is the furthest that there is.</summary>
    private static RangeEnds Ends(SearchFilter filter) => filter switch
    {
        SearchFilter.NumberRange { Field: SearchField.Price } range => new("listing_by_price", "price", range.From ?? double.MinValue, range.To ?? double.MaxValue),
        SearchFilter.NumberRange { Field: SearchField.Risk } range => new("listing_by_risk", "risk_order", -range.To ?? double.MinValue, -range.From ?? double.MaxValue),
        SearchFilter.TimeRange { Field: SearchField.FirstSeen } range =>
            new("listing_by_first_seen", "first_seen", range.From is { } from ? Ceiling(from) : long.MinValue, range.Before is { } before ? Ceiling(before) - 1 : long.MaxValue),
        _ => throw new UnreachableException($"no range of {filter.Field}"),
    };

    /// <summary>The first whole millisecond that is not before.</summary>
    private static long Ceiling(DateTimeOffset time) => time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);

    private readonly record struct RangeEnds(string Index, string Column, object From, object To);
}
