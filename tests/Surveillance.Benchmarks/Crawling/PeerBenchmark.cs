using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>Crawls one local site with ours, Scrapy and Crawlee in turn, the same fields stored as durably, and prints a Markdown table.</summary>
/// <remarks>
/// 32 requests at once, no delay, robots.txt obeyed. Each peer writes a page and its listings in one transaction, SQLite in WAL mode with
/// synchronous = FULL. Ours moreover seals every page's bytes. It runs three times: the program as it is shipped, which assesses every listing, files leads and keeps a queue
/// that survives a kill, and whose processor time also counts the grouping of listings by operator that follows a crawl; the same store with nothing assessed; and the crawler
/// with the peers' two tables, which is all that the peers do and the sealing. Stored counts are checked after each run.
/// </remarks>
internal sealed class PeerBenchmark(string project, int rounds)
{
    private const string OurName = "surveil";
    private const string Unassessed = "surveil, nothing assessed";
    private const string Bare = "surveil's crawler, the peers' tables";
    private const string FirstPeer = "scrapy";

    /// <summary>Each of ours runs beside the peer that it is held against.</summary>
    private static readonly string[] Names = [OurName, FirstPeer, Unassessed, Bare, "crawlee"];

    public async Task RunAsync(PageShape shape, int pages)
    {
        await using var site = await PeerSite.StartAsync(shape);
        var taken = Names.ToDictionary(name => name, _ => new List<PeerProcess>());
        for (var round = 0; round < rounds; round++)
        {
            foreach (var name in Names)
            {
                site.Forget();
                var run = name switch
                {
                    OurName => await OursAsync(site, pages),
                    Unassessed or Bare => await UnassessedAsync(site, pages, peersTables: name == Bare),
                    _ => await PeerAsync(name, site, pages),
                };
                taken[name].Add(run);
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{shape.Name}, round {round + 1}, {name}: {pages / run.Seconds:F0} pages/s, {run.ProcessorSeconds * 1000 / pages:F2} ms a page"));
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{pages} pages of {shape.Name}, {PeerSite.Listings} listings each, medians of {rounds} rounds\n"));
        Console.WriteLine("| crawler | pages/s | its : Scrapy's | processor ms a page | its : Scrapy's | peak RSS |\n| --- | --- | --- | --- | --- | --- |");
        var scrapy = taken[FirstPeer];
        foreach (var (name, runs) in taken)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {pages / Median(runs, run => run.Seconds):F0} | {MedianRatio(runs, scrapy, run => pages / run.Seconds):F2} | {Median(runs, run => run.ProcessorSeconds) * 1000 / pages:F2} | {MedianRatio(runs, scrapy, run => run.ProcessorSeconds):F2} | {Median(runs, run => run.PeakBytes) / 1e6:F0} MB |"));
        }
    }

    /// <summary>Ours alone, for the memory that more pages need.</summary>
    /// <param name="tables">Null for the program as shipped, else what <see cref="UnassessedCrawl"/> takes.</param>
    public static async Task OursAloneAsync(PageShape shape, int pages, string? tables = null)
    {
        await using var site = await PeerSite.StartAsync(shape);
        var run = tables is null ? await OursAsync(site, pages) : await UnassessedAsync(site, pages, peersTables: tables == "peers");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {pages} | {pages / run.Seconds:F0} | {run.ProcessorSeconds * 1000 / pages:F2} | {run.PeakBytes / 1e6:F0} MB | {run.OwnBytes / 1e6:F0} MB |"));
    }

    private static async Task<PeerProcess> OursAsync(PeerSite site, int pages)
    {
        using var folder = new CrawlFolder(PeerSite.Pages(site.Base, pages), "{per_second: 1000, concurrency: 32}");
        using var process = folder.Start();
        var run = await PeerProcess.RunAsync(process, site);
        CheckOwn(OurName, folder, pages);

        // When everything fetched was stored; the program goes on to group listings by operator, which no peer does.
        var ended = DateTimeOffset.FromUnixTimeMilliseconds(folder.Scalar("SELECT cast(round(unixepoch(ended_at, 'subsec') * 1000) AS INTEGER) FROM run"));
        return run with { Seconds = (ended - site.FirstAsked!.Value).TotalSeconds };
    }

    private static async Task<PeerProcess> UnassessedAsync(PeerSite site, int pages, bool peersTables)
    {
        using var folder = new CrawlFolder([site.Base], "{per_second: 1, concurrency: 1}");
        var start = new ProcessStartInfo("dotnet");
        Array.ForEach(
            [typeof(PeerBenchmark).Assembly.Location, "crawl-unassessed", folder.Path, site.Base.AbsoluteUri, pages.ToString(CultureInfo.InvariantCulture), peersTables ? "peers" : "own"],
            start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var run = await PeerProcess.RunAsync(process, site);
        if (peersTables)
        {
            Check(Bare, pages, folder.Scalar("SELECT count(*) FROM bare_page"), folder.Scalar("SELECT count(*) FROM bare_listing"), folder.Scalar("SELECT cast(sum(price) AS INTEGER) FROM bare_listing"));
        }
        else
        {
            CheckOwn(Unassessed, folder, pages);
        }

        return run;
    }

    private async Task<PeerProcess> PeerAsync(string name, PeerSite site, int pages)
    {
        var folder = Directory.CreateTempSubdirectory("surveil-peer");
        var store = Path.Combine(folder.FullName, "peer.db");
        try
        {
            var peers = Path.Combine(project, "tests/Surveillance.Benchmarks/peers");
            string[] command = name == "scrapy" ? ["/usr/bin/python3", Path.Combine(peers, "crawl_scrapy.py")] : ["node", Path.Combine(peers, "crawl_crawlee.mjs")];
            var start = new ProcessStartInfo(command[0]) { WorkingDirectory = folder.FullName };
            Array.ForEach([command[1], site.Base.AbsoluteUri, pages.ToString(CultureInfo.InvariantCulture), store], start.ArgumentList.Add);
            using var process = Process.Start(start)!;
            var run = await PeerProcess.RunAsync(process, site);
            using var connection = new SqliteConnection($"Data Source={store};Pooling=false");
            connection.Open();
            Check(name, pages, Scalar(connection, "SELECT count(*) FROM page"), Scalar(connection, "SELECT count(*) FROM listing"), Scalar(connection, "SELECT cast(sum(price) AS INTEGER) FROM listing"));
            return run;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void CheckOwn(string name, CrawlFolder folder, int pages) => Check(
        name,
        pages,
        folder.Scalar("SELECT count(*) FROM frontier WHERE state = 'done'"),
        folder.Scalar("SELECT count(*) FROM listing"),
        folder.Scalar("SELECT cast(sum(price) AS INTEGER) FROM listing_version WHERE seller IS NOT NULL AND location IS NOT NULL"));

    private static void Check(string name, int pages, params long[] stored)
    {
        long[] expected = [pages, (long)pages * PeerSite.Listings, PeerSite.PriceSum(pages)];
        if (!stored.SequenceEqual(expected))
        {
            throw new InvalidOperationException($"{name} stored pages, listings and prices {string.Join(", ", stored)}, expected {string.Join(", ", expected)}");
        }
    }

    private static long Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static double Median(List<PeerProcess> runs, Func<PeerProcess, double> figure) => Middle([.. runs.Select(figure)]);

    /// <summary>Of the rounds' own ratios: what else the machine did in a round slowed both.</summary>
    private static double MedianRatio(List<PeerProcess> runs, List<PeerProcess> peer, Func<PeerProcess, double> figure) =>
        Middle([.. runs.Zip(peer, (its, other) => figure(its) / figure(other))]);

    private static double Middle(double[] figures)
    {
        Array.Sort(figures);
        return figures.Length % 2 == 1 ? figures[figures.Length / 2] : (figures[(figures.Length / 2) - 1] + figures[figures.Length / 2]) / 2;
    }
}
