using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Storage;

public sealed class DatabaseTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _path;

    public DatabaseTests() => _path = Path.Combine(_folder.Path, "records.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_store_of_an_earlier_schema_keeps_its_listings_and_what_refers_to_them()
    {
        MakeWithout("0050-listings-in-order.sql", """
            INSERT INTO listing (id, key, kind, source_id, version, first_seen, last_seen, page, gone_at) VALUES ('b', 'kb', 'listing', 's', 1, '1', '2', 'http://a.example/b', '3');
            INSERT INTO listing (id, key, kind, source_id, version, first_seen, last_seen, relist_of) VALUES ('a', 'ka', 'listing', 's', 1, '2', '2', 'b');
            INSERT INTO listing_version (listing_id, version, content, body, seen_at, is_excerpt, source_id) VALUES ('a', 1, 'c', '{}', '2', 0, 's');
            INSERT INTO outbox (listing_id, number, sent, changed_at, reason) VALUES ('a', 2, 1, '2', NULL), ('b', 1, 0, '1', 'too long');
            """);

        var database = new Database(_path);

        using var connection = database.Open();
        Assert.Equal(
            ["a,ka,2,2,,,b", "b,kb,1,2,http://a.example/b,3,"],
            connection.Query<string>("SELECT concat_ws(',', id, key, first_seen, last_seen, coalesce(page, ''), coalesce(gone_at, ''), coalesce(relist_of, '')) FROM listing ORDER BY id"));
        Assert.Equal(
            ["a,2,1,2,", "b,1,0,1,too long"],
            connection.Query<string>("SELECT concat_ws(',', listing_id, number, sent, changed_at, coalesce(reason, '')) FROM outbox ORDER BY listing_id"));
        Assert.Empty(connection.Query<string>("SELECT \"table\" FROM pragma_foreign_key_check"));
        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, Assert.Throws<SqliteException>(() => connection.Execute("DELETE FROM listing WHERE id = 'a'")).SqliteErrorCode);
    }

    /// <summary>The store as it was before one of its migrations.</summary>
    private void MakeWithout(string migration, string rows)
    {
        var assembly = typeof(Database).Assembly;
        var earlier = assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .TakeWhile(name => !name.EndsWith(migration, StringComparison.Ordinal)).ToList();
        using var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        connection.Open();
        foreach (var name in earlier)
        {
            using var script = new StreamReader(assembly.GetManifestResourceStream(name)!);
            connection.Execute(script.ReadToEnd());
        }

        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {earlier.Count}; {rows}"));
    }
}
