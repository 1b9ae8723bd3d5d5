using System.Diagnostics;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>Kills a crawl of five thousand pages again and again at random points, then looks for pages done twice and findings lost.</summary>
internal static class KillBenchmark
{
    private const int Items = 4760;
    private const int Lists = Items / 20;
    private const int Kills = 20;

    public static async Task<int> RunAsync()
    {
        int served = 0, killAt = int.MaxValue;
        Process? crawl = null;
        await using var site = await BenchSite.StartAsync(1, Items, _ =>
        {
            if (Interlocked.Increment(ref served) == Volatile.Read(ref killAt))
            {
                crawl!.Kill(entireProcessTree: true);
            }

            return Task.CompletedTask;
        });
        using var folder = new CrawlFolder([new Uri(site.Hosts[0], "/list?page=0")], "{per_second: 1000, concurrency: 8}");
        var random = new Random(20261125);
        var killed = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            Volatile.Write(ref killAt, Volatile.Read(ref served) + random.Next(1, (Items + Lists) / Kills));
            using (crawl = folder.Start())
            {
                await crawl.WaitForExitAsync();
                killed += crawl.ExitCode == 0 ? 0 : 1;
            }
        }

        Volatile.Write(ref killAt, int.MaxValue);
        using (crawl = folder.Start())
        {
            await crawl.WaitForExitAsync();
        }

        Console.WriteLine($"{killed} kills, {served} requests for {Items + Lists} pages\n\n| what | found | expected |\n| --- | --- | --- |");
        return Report(folder);
    }

    private static int Report(CrawlFolder folder)
    {
        (string What, string Sql, long Expected)[] checks =
        [
            ("runs", "SELECT count(*) FROM run", 1),
            ("pages", "SELECT count(*) FROM frontier", Items + Lists),
            ("pages done", "SELECT count(*) FROM frontier WHERE state = 'done'", Items + Lists),
            ("captures", "SELECT count(*) FROM capture", Items + Lists),
            ("addresses captured", "SELECT count(DISTINCT url) FROM capture", Items + Lists),
            ("listings", "SELECT count(*) FROM listing", Items),
            ("listings with a finding", "SELECT count(DISTINCT listing_id) FROM finding WHERE type = 'guarantee'", Items),
            ("leads", "SELECT count(*) FROM lead", Items),
            ("sightings twice", "SELECT count(*) FROM (SELECT 1 FROM sighting GROUP BY listing_id, version, capture_id HAVING count(*) > 1)", 0),
        ];
        var wrong = 0;
        foreach (var (what, sql, expected) in checks)
        {
            var found = folder.Scalar(sql);
            wrong += found == expected ? 0 : 1;
            Console.WriteLine($"| {what} | {found} | {expected} |");
        }

        return wrong == 0 ? 0 : 1;
    }
}
