using System.Globalization;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Embedded;

/// <summary>One index: a SQLite file of its own, so that writing it never waits for the records, nor they for it. Thread safe.</summary>
internal sealed class IndexFile
{
    /// <summary>Marks the file as ours: "SVLI".</summary>
    private const int ApplicationId = 0x53564C49;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly string _path;

    public IndexFile(string folder, string name)
    {
        Name = name;
        _path = Path.Combine(folder, name + Extension);
    }

    public static string Extension => ".db";

    public string Name { get; }

    public bool Exists => File.Exists(_path);

    /// <summary>Makes the file with its tables, empty.</summary>
    public void Create()
    {
        using var connection = Connect(SqliteOpenMode.ReadWriteCreate);
        Prepared.Execute(connection, "PRAGMA journal_mode = WAL");
        using var transaction = connection.BeginTransaction(deferred: false);
        foreach (var statement in Tables.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            Prepared.Execute(connection, statement);
        }

        Prepared.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}"));
        Prepared.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {IndexSchema.Version}"));
        transaction.Commit();
    }

    /// <summary>An open connection; the caller disposes of it.</summary>
    /// <exception cref="SearchUnusableException">The file is not ours, or a newer program's.</exception>
    public SqliteConnection Open()
    {
        var connection = Connect(SqliteOpenMode.ReadWrite);
        try
        {
            if (Prepared.Number(connection, "PRAGMA application_id") != ApplicationId)
            {
                throw new SearchUnusableException($"{_path} is no finished search index of this program: remove it, or run reindex --drop-old");
            }

            if (SchemaVersion(connection) > IndexSchema.Version)
            {
                throw new SearchUnusableException($"{_path} has schema {SchemaVersion(connection)}, expected at most {IndexSchema.Version}: it was written by a newer program");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public static int SchemaVersion(SqliteConnection connection) => (int)Prepared.Number(connection, "PRAGMA user_version")!.Value;

    /// <summary>Brings the full-text index, which writing leaves in many parts, into one: searches are quicker then. In small steps, so that nobody waits long for the lock.</summary>
    public void Merge(CancellationToken cancellationToken)
    {
        using var connection = Open();
        for (var (before, changes) = (0L, 2L); changes >= 2; changes = Changes() - before)
        {
            cancellationToken.ThrowIfCancellationRequested();
            before = Changes();

            // A negative count of pages goes on until all is one part; less than two changes says that there is nothing left to do.
            Prepared.Execute(connection, "INSERT INTO grams (grams, rank) VALUES ('merge', -2000)");
        }

        Prepared.Execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)");

        long Changes() => Prepared.Number(connection, "SELECT total_changes()")!.Value;
    }

    /// <summary>Removes the file. The logs go first: without them the file is an older state of itself, without the file they would spoil another of its name.</summary>
    public void Delete()
    {
        Close();
        File.Delete(_path + "-wal");
        File.Delete(_path + "-shm");
        File.Delete(_path);
    }

    /// <summary>Lets go of the connections that are kept for later. The system's handles, and the room of a file that was removed, go with the next garbage collection, as their prepared statements do.</summary>
    public void Close()
    {
        using var connection = new SqliteConnection(ConnectionString(SqliteOpenMode.ReadWrite));
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Connect(SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(ConnectionString(mode));
        try
        {
            connection.Open();
            Prepared.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(int)LongestWait.TotalMilliseconds}"));
            Prepared.Execute(connection, "PRAGMA synchronous = FULL");
            Prepared.Execute(connection, "PRAGMA cache_size = -65536");
            Prepared.Execute(connection, "PRAGMA mmap_size = 4294967296");
            Prepared.Execute(connection, "PRAGMA wal_autocheckpoint = 16384");

            // A long reading keeps the log from being emptied; afterwards it gives the room back.
            Prepared.Execute(connection, "PRAGMA journal_size_limit = 67108864");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private string ConnectionString(SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = _path,
        Mode = mode,

        // Kept connections are of one kind, so that closing them closes all.
        Pooling = mode == SqliteOpenMode.ReadWrite,
        DefaultTimeout = (int)LongestWait.TotalSeconds,
    }.ToString();

    // number: negative where the listing is no lead, so that leads alone are a range of the full-text index; its absolute value is the listing's for good.
    // The three …_order columns rise as results go down. facets: numbers of facet_value, each LEB128. tokens: digest of what grams holds.
    private const string Tables = """
        CREATE TABLE listing (
            number          INTEGER PRIMARY KEY,
            id              TEXT NOT NULL,
            version         INTEGER NOT NULL,
            decision_order  INTEGER NOT NULL,
            risk_order      REAL NOT NULL,
            last_seen_order INTEGER NOT NULL,
            first_seen      INTEGER NOT NULL,
            price           REAL,
            facets          BLOB NOT NULL,
            tokens          BLOB NOT NULL
        );
        CREATE INDEX listing_by_id ON listing (id, version);
        CREATE INDEX listing_in_order ON listing (decision_order, risk_order, last_seen_order, id);
        CREATE INDEX listing_by_risk ON listing (risk_order);
        CREATE INDEX listing_by_first_seen ON listing (first_seen);
        CREATE INDEX listing_by_price ON listing (price) WHERE price IS NOT NULL;
        CREATE TABLE document (
            number INTEGER PRIMARY KEY,
            body   TEXT NOT NULL
        );
        CREATE TABLE facet_value (
            number INTEGER PRIMARY KEY,
            facet  TEXT NOT NULL,
            value  TEXT NOT NULL,
            UNIQUE (facet, value)
        );
        CREATE TABLE tally (
            leads  INTEGER NOT NULL,
            others INTEGER NOT NULL
        );
        INSERT INTO tally VALUES (0, 0);
        CREATE VIRTUAL TABLE grams USING fts5 (pairs, singles, facets, content='', contentless_delete=1, tokenize='ascii');
        """;
}
