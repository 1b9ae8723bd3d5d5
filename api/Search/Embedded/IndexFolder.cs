using System.Globalization;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;

namespace Surveillance.Api.Search.Embedded;

/// <summary>The folder of index files and the durable note of which one is read. Thread safe, also between processes.</summary>
/// <remarks>
/// The note is a SQLite file, so that choosing is a transaction: after a crash at any point either the old index or the new one is chosen. Numbers are never given twice,
/// also after an index was dropped. A file that a crash left half made is one of <see cref="Others"/>.
/// </remarks>
/// <param name="store">Whose listings are indexed there; a folder that does not say whose it is becomes this one's.</param>
internal sealed class IndexFolder(string folder, StoreId store)
{
    /// <summary>The note says whose it is since the second.</summary>
    private const int NoteVersion = 2;

    private readonly string _notePath = Path.Combine(folder, "indexes.db");

    /// <summary>The index that is read; makes the first one where none is.</summary>
    /// <exception cref="SearchUnusableException">The folder is another store's.</exception>
    public IndexFile Chosen()
    {
        Directory.CreateDirectory(folder);
        using var connection = OpenNote();
        return File(Chosen(connection) ?? ChooseFirst(connection));
    }

    public IndexFile File(string name) => new(folder, name);

    /// <summary>Names of the files that are not read, in order.</summary>
    public IReadOnlyList<string> Others(string chosen) =>
        [.. Names().Where(name => name != chosen).Order(StringComparer.Ordinal)];

    public string CreateNext()
    {
        Directory.CreateDirectory(folder);
        using var connection = OpenNote();
        using var transaction = connection.BeginTransaction(deferred: false);
        var name = CreateNext(connection);
        transaction.Commit();
        return name;
    }

    /// <summary>From now on that one is read. Writers of the one before, who hold its lock, have ended; later ones see the change.</summary>
    public void Choose(string name)
    {
        var before = Chosen();
        using var writers = before.Open();
        using var lockOnWriters = writers.BeginTransaction(deferred: false);
        using var connection = OpenNote();
        Prepared.Execute(connection, "UPDATE note SET chosen = ?1", name);
    }

    private static string? Chosen(SqliteConnection connection) => Prepared.Text(connection, "SELECT chosen FROM note");

    private string ChooseFirst(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        if (Chosen(connection) is { } chosen)
        {
            return chosen;
        }

        var name = CreateNext(connection);
        Prepared.Execute(connection, "UPDATE note SET chosen = ?1", name);
        transaction.Commit();
        return name;
    }

    private string CreateNext(SqliteConnection connection)
    {
        var number = Math.Max(Prepared.Number(connection, "SELECT last FROM note") ?? 0, Names().Select(NumberOf).DefaultIfEmpty(0).Max()) + 1;
        var file = File(IndexSchema.NameOf((int)number));
        file.Create();
        Prepared.Execute(connection, "UPDATE note SET last = ?1", number);
        return file.Name;
    }

    private IEnumerable<string> Names() => Directory.EnumerateFiles(folder, $"{IndexSchema.Alias}-*{IndexFile.Extension}")
        .Select(path => Path.GetFileNameWithoutExtension(path)).Where(name => NumberOf(name) > 0);

    /// <returns>0 where the name is none of ours.</returns>
    private static int NumberOf(string name) =>
        int.TryParse(name.AsSpan(IndexSchema.Alias.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && IndexSchema.NameOf(number) == name ? number : 0;

    private SqliteConnection OpenNote()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _notePath, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            Prepared.Execute(connection, "PRAGMA busy_timeout = 30000");
            Prepared.Execute(connection, "PRAGMA synchronous = FULL");
            if (Prepared.Number(connection, "PRAGMA user_version") < NoteVersion)
            {
                MakeNote(connection);
            }

            if (Prepared.Text(connection, "SELECT store FROM owner") is var owner && owner != store.Value)
            {
                throw new SearchUnusableException(
                    $"the search index in {folder} belongs to the record store {owner}, not to this one ({store}): use that store, or remove the folder, which is then built anew");
            }

            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void MakeNote(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        Prepared.Execute(connection, "CREATE TABLE IF NOT EXISTS note (chosen TEXT, last INTEGER NOT NULL)");
        Prepared.Execute(connection, "INSERT INTO note SELECT NULL, 0 WHERE NOT EXISTS (SELECT 1 FROM note)");
        Prepared.Execute(connection, "CREATE TABLE IF NOT EXISTS owner (store TEXT NOT NULL)");
        Prepared.Execute(connection, "INSERT INTO owner SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM owner)", store.Value);
        Prepared.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {NoteVersion}"));
        transaction.Commit();
    }
}
