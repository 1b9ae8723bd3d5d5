using System.Globalization;
using System.Reflection;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Surveillance.Api.Storage;

/// <summary>The record store's file: opens connections to it and brings its tables up to date.</summary>
/// <remarks>Thread safe. SQLite in WAL mode with full synchronisation: what a committed transaction wrote survives a power cut.</remarks>
public sealed class Database
{
    private readonly string _connectionString;

    // Another text, and so another pool, for the one connection that writes.
    private readonly string _writingConnectionString;
    private readonly Lock _writing = new();

    /// <summary>Creates the file and its folder where they are missing, and applies the migrations that it lacks.</summary>
    /// <exception cref="StoreException">The file can't be opened, is no SQLite file, or is newer than this program.</exception>
    public Database(string path)
    {
        FilePath = Path.GetFullPath(path);
        _connectionString = ConnectionString(path);
        _writingConnectionString = new SqliteConnectionStringBuilder(_connectionString) { Mode = SqliteOpenMode.ReadWrite }.ToString();
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
            Migrate();
        }
        catch (Exception error) when (error is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"the store {FilePath} can't be used: {error.Message}", error);
        }
    }

    public string FilePath { get; }

    /// <summary>How to connect to the store's file.</summary>
    public static string ConnectionString(string path) => new SqliteConnectionStringBuilder
    {
        DataSource = Path.GetFullPath(path),
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>An open connection; the caller disposes of it.</summary>
    public SqliteConnection Open() => Open(_connectionString);

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 30000;");
        return connection;
    }

    /// <summary>Runs <paramref name="work"/> in one transaction that takes the write lock at once, so that it never fails half way for want of it.</summary>
    /// <remarks>Callers of one process take turns on one connection: each would otherwise keep a cache of its own, which whatever another wrote makes worthless.</remarks>
    public T Write<T>(Func<SqliteConnection, SqliteTransaction, T> work)
    {
        using var turn = _writing.EnterScope();
        using var connection = Open(_writingConnectionString);

        // Listings lie in the order of their ids' digits, so that one web page's writes go all over the file: most of it in memory, and changes
        // gathered in the log until it has 128 MB, saves reading and writing the same blocks again and again.
        Prepared.Execute(connection, "PRAGMA cache_size = -65536");
        Prepared.Execute(connection, "PRAGMA wal_autocheckpoint = 32768");
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = work(connection, transaction);
        transaction.Commit();
        return result;
    }

    private void Migrate()
    {
        // A table is made anew under its own name; while the old one is gone, what refers to it has nothing to refer to.
        using var connection = Open(new SqliteConnectionStringBuilder(_connectionString) { ForeignKeys = false, Pooling = false }.ToString());
        using var transaction = connection.BeginTransaction(deferred: false);
        var have = connection.ExecuteScalar<int>("PRAGMA user_version", transaction: transaction);
        var scripts = Scripts().ToList();
        if (have > scripts.Count)
        {
            throw new StoreException(
                $"the store {FilePath} has schema {have}, expected at most {scripts.Count}: it was written by a newer program");
        }

        foreach (var script in scripts.Skip(have))
        {
            connection.Execute(script, transaction: transaction);
        }

        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {scripts.Count}"), transaction: transaction);
        transaction.Commit();
    }

    private static IEnumerable<string> Scripts()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return reader.ReadToEnd();
        }
    }
}

/// <summary>The store can't be used; the message is one sentence. Exit code 3.</summary>
public sealed class StoreException : Exception
{
    public StoreException()
    {
    }

    public StoreException(string message)
        : base(message)
    {
    }

    public StoreException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
