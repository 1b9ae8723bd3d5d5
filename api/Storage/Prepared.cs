using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Surveillance.Api.Storage;

/// <summary>Runs statements that were prepared once for a connection: for what is done many times a page, where preparing costs more than doing.</summary>
/// <remarks>
/// Parameters are positional, <c>?1</c> the first: null, text, bytes, numbers and truth values. A statement takes part in whatever transaction the
/// connection is in. The prepared ones live as long as the pooled connection; a connection is used by one thread at a time, as ever.
/// </remarks>
internal static class Prepared
{
    private static readonly ConditionalWeakTable<sqlite3, Dictionary<string, sqlite3_stmt>> Statements = [];

    /// <summary>Runs one statement.</summary>
    /// <returns>How many rows it changed.</returns>
    /// <exception cref="SqliteException">It failed.</exception>
    public static int Execute(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(connection, sql, values);
        try
        {
            while (Step(connection, statement))
            {
            }

            return raw.sqlite3_changes(connection.Handle!);
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The rows of one query.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public static List<T> Query<T>(SqliteConnection connection, string sql, ReadRow<T> read, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(connection, sql, values);
        var rows = new List<T>();
        try
        {
            while (Step(connection, statement))
            {
                rows.Add(read(new PreparedRow(statement)));
            }

            return rows;
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>Hands over the rows of one query, one by one, until all are done or <paramref name="visit"/> wants no more. It must not run the same query itself.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public static void Visit(SqliteConnection connection, string sql, VisitRow visit, params ReadOnlySpan<object?> values)
    {
        var statement = Bind(connection, sql, values);
        try
        {
            while (Step(connection, statement) && visit(new PreparedRow(statement)))
            {
            }
        }
        finally
        {
            _ = raw.sqlite3_reset(statement);
        }
    }

    /// <summary>The first column of the first row; null where there is no row, or null stands there.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public static string? Text(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        Query(connection, sql, row => row.Text(0), values) is [var first, ..] ? first : null;

    /// <summary>The first column of the first row; null where there is no row, or null stands there.</summary>
    /// <exception cref="SqliteException">It failed.</exception>
    public static long? Number(SqliteConnection connection, string sql, params ReadOnlySpan<object?> values) =>
        Query(connection, sql, row => row.IsNull(0) ? (long?)null : row.Number(0), values) is [var first, ..] ? first : null;

    private static sqlite3_stmt Bind(SqliteConnection connection, string sql, ReadOnlySpan<object?> values)
    {
        var known = Statements.GetOrCreateValue(connection.Handle!);
        if (!known.TryGetValue(sql, out var statement))
        {
            SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v3(connection.Handle!, sql, raw.SQLITE_PREPARE_PERSISTENT, out statement), connection.Handle);
            known.Add(sql, statement);
        }

        for (var place = 0; place < values.Length; place++)
        {
            SqliteException.ThrowExceptionForRC(Bind(statement, place + 1, values[place]), connection.Handle);
        }

        return statement;
    }

    private static int Bind(sqlite3_stmt statement, int place, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, place),
        string text => raw.sqlite3_bind_text(statement, place, text),
        byte[] bytes => raw.sqlite3_bind_blob(statement, place, bytes),
        long number => raw.sqlite3_bind_int64(statement, place, number),
        int number => raw.sqlite3_bind_int64(statement, place, number),
        bool truth => raw.sqlite3_bind_int(statement, place, truth ? 1 : 0),
        double real => raw.sqlite3_bind_double(statement, place, real),
        _ => throw new ArgumentException($"expected text, bytes, a number or a truth value, got {value.GetType().Name}", nameof(value)),
    };

    /// <returns>True while there is a row.</returns>
    private static bool Step(SqliteConnection connection, sqlite3_stmt statement)
    {
        var code = raw.sqlite3_step(statement);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
        }

        return code == raw.SQLITE_ROW;
    }
}

/// <summary>Reads one row.</summary>
internal delegate T ReadRow<out T>(PreparedRow row);

/// <summary>Looks at one row.</summary>
/// <returns>Whether it wants another.</returns>
internal delegate bool VisitRow(PreparedRow row);

/// <summary>One row of a query; only while it is read.</summary>
internal readonly ref struct PreparedRow(sqlite3_stmt statement)
{
    public bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(statement, column).utf8_to_string();

    public long Number(int column) => raw.sqlite3_column_int64(statement, column);

    public double Real(int column) => raw.sqlite3_column_double(statement, column);

    /// <summary>Only until the next row.</summary>
    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(statement, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(statement, column).ToArray();
}
