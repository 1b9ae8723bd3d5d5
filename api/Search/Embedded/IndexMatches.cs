using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Embedded;

/// <summary>Finds which listings of an index file answer a query. Not thread safe.</summary>
internal sealed class IndexMatches(SqliteConnection connection, CancellationToken cancellationToken)
{
    /// <summary>Up to so many matches of the rest of the query are looked up one by one to see whether they lie in a range.</summary>
    private const int FewMatches = 20_000;

    private readonly long _highest = IndexWriter.Highest(connection);

    /// <returns>Null where every listing (every lead, where it asks for leads) answers.</returns>
    public NumberSet? Of(SearchQuery query)
    {
        var least = query.LeadsOnly ? 0L : long.MinValue;
        var matches = MatchExpression.Of(query) is { } expression
            ? Numbers("SELECT rowid FROM grams WHERE grams MATCH ?2 AND rowid > ?1", least, expression)
            : null;
        foreach (var filter in query.Filters.Where(filter => filter is not SearchFilter.OneOf))
        {
            var (column, from, to) = Ends(filter);
            if (matches is { Count: <= FewMatches })
            {
                matches = WithinRange(matches, column, from, to, filter.IsExcluded);
                continue;
            }

            matches ??= filter.IsExcluded ? Numbers("SELECT number FROM listing INDEXED BY listing_by_risk WHERE number > ?1", least) : null;
            var range = Numbers($"SELECT number FROM listing WHERE {column} BETWEEN ?2 AND ?3 AND number > ?1", least, from, to);
            matches?.Keep(range, filter.IsExcluded);
            matches ??= range;
        }

        return matches;
    }

    private NumberSet Numbers(string sql, params ReadOnlySpan<object?> values)
    {
        var numbers = new NumberSet(_highest);
        var steps = 0;
        Prepared.Visit(connection, sql, Add, values);
        return numbers;

        bool Add(PreparedRow row)
        {
            if (++steps % 4096 == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            numbers.Add(row.Number(0));
            return true;
        }
    }

    private NumberSet WithinRange(NumberSet matches, string column, object from, object to, bool isExcluded)
    {
        var within = new NumberSet(_highest);
        var sql = $"SELECT 1 FROM listing WHERE (number = ?1 OR number = -?1) AND {column} BETWEEN ?2 AND ?3";
        foreach (var number in matches.Numbers())
        {
            if (Prepared.Number(connection, sql, number, from, to) is not null != isExcluded)
            {
                within.Add(number);
            }
        }

        return within;
    }

    /// <summary>As the listing's columns have them: risk is stored falling. An open end is the furthest that there is.</summary>
    private static (string Column, object From, object To) Ends(SearchFilter filter) => filter switch
    {
        SearchFilter.NumberRange { Field: SearchField.Price } range => ("price", range.From ?? double.MinValue, range.To ?? double.MaxValue),
        SearchFilter.NumberRange { Field: SearchField.Risk } range => ("risk_order", -range.To ?? double.MinValue, -range.From ?? double.MaxValue),
        SearchFilter.TimeRange { Field: SearchField.FirstSeen } range =>
            ("first_seen", range.From is { } from ? Ceiling(from) : long.MinValue, range.Before is { } before ? Ceiling(before) - 1 : long.MaxValue),
        _ => throw new UnreachableException($"no range of {filter.Field}"),
    };

    /// <summary>The first whole millisecond that is not before.</summary>
    private static long Ceiling(DateTimeOffset time) => time.ToUnixTimeMilliseconds() + (time.UtcTicks % TimeSpan.TicksPerMillisecond == 0 ? 0 : 1);
}
