using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Cli;
using Surveillance.Api.Operators;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>The grouping by operator alone, over a store that a crawl left: forgets the groups and works them out again from all that was filed, in the order of filing.</summary>
internal static class GroupingBenchmark
{
    private const int Rounds = 3;

    /// <summary>What grouping writes, in a fixed order; a program that groups otherwise gives another digest.</summary>
    private static readonly string[] Written =
    [
        "SELECT listing_id || ' ' || operator_id || ' ' || is_gone FROM operator_member ORDER BY 1",
        "SELECT kind || ' ' || value || ' ' || seller || ' ' || listing_id FROM operator_mark ORDER BY 1",
        "SELECT digest || ' ' || other || ' ' || likeness FROM wording_pair ORDER BY 1",
        "SELECT digest || ' ' || band FROM wording JOIN wording_band ON wording_id = id ORDER BY 1",
        "SELECT digest || ' ' || other || ' ' || likeness FROM picture_pair ORDER BY 1",
        "SELECT id || ' ' || relist_of FROM listing WHERE relist_of IS NOT NULL ORDER BY 1",
    ];

    /// <param name="from">A store's file, which is only read, or a number of pages to crawl for one.</param>
    public static async Task RunAsync(string from)
    {
        Console.WriteLine("| round | listings | processor µs a listing | groups | SHA-256 of what was written |\n| --- | --- | --- | --- | --- |");
        if (!int.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var pages))
        {
            Run(from);
            return;
        }

        await using var site = await PeerSite.StartAsync(PageShape.Small);
        using var folder = new CrawlFolder(PeerSite.Pages(site.Base, pages), "{per_second: 1000, concurrency: 32}");
        using var process = folder.Start();
        await process.WaitForExitAsync();
        Run(Path.Combine(folder.Path, "surveillance.db"));
    }

    private static void Run(string from)
    {
        var folder = Directory.CreateTempSubdirectory("surveil-grouping");
        try
        {
            var reader = new MarkReader(TextClassifier.Load(ProgramFiles.DataFolder));
            for (var round = 1; round <= Rounds; round++)
            {
                var copy = Path.Combine(folder.FullName, $"{round}.db");
                File.Copy(from, copy);
                Group(round, new Database(copy), reader);
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            folder.Delete(recursive: true);
        }
    }

    private static void Group(int round, Database database, MarkReader reader)
    {
        var grouping = new OperatorGrouping(database, reader);
        grouping.Forget("SELECT listing_id FROM listing_version ORDER BY rowid");
        var before = Environment.CpuUsage.TotalTime;
        var grouped = grouping.CatchUp(CancellationToken.None);
        var used = Environment.CpuUsage.TotalTime - before;
        using var connection = database.Open();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {round} | {grouped} | {used.TotalMicroseconds / grouped:F1} | {Texts(connection, "SELECT DISTINCT operator_id FROM operator_member").Count} | {DigestOf(connection)} |"));
    }

    private static string DigestOf(SqliteConnection connection)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in Written.SelectMany(sql => Texts(connection, sql)))
        {
            digest.AppendData(Encoding.UTF8.GetBytes(row + '\n'));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset())[..16];
    }

    private static List<string> Texts(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var texts = new List<string>();
        while (reader.Read())
        {
            texts.Add(reader.GetString(0));
        }

        return texts;
    }
}
