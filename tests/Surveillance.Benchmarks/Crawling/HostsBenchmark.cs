using System.Collections.Concurrent;
using System.Globalization;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>Fifty hosts, each allowed two pages a second, one of which never answers: what the others get.</summary>
internal static class HostsBenchmark
{
    private const int Hosts = 50;
    private const double PerSecond = 2;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(60);

    public static async Task<int> RunAsync()
    {
        var asked = new ConcurrentQueue<(int Port, DateTimeOffset At)>();
        var hanging = 0;
        await using var site = await BenchSite.StartAsync(Hosts, 20_000, async context =>
        {
            asked.Enqueue((context.Connection.LocalPort, TimeProvider.System.GetUtcNow()));
            if (context.Connection.LocalPort == Volatile.Read(ref hanging))
            {
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        });
        Volatile.Write(ref hanging, site.Hosts[0].Port);
        using var folder = new CrawlFolder(
            site.Hosts.Select(host => new Uri(host, "/list?page=0")), string.Create(CultureInfo.InvariantCulture, $"{{per_second: {PerSecond}, concurrency: 2}}"));
        using var crawl = folder.Start();

        // The first answers only show that it has started; what is measured comes after.
        while (asked.Select(request => request.Port).Distinct().Count() < Hosts && !crawl.HasExited)
        {
            await Task.Delay(100);
        }

        var began = TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(5);
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = crawl.TotalProcessorTime;
        await Task.Delay(Measured);
        crawl.Refresh();
        var used = crawl.TotalProcessorTime - before;
        crawl.Kill(entireProcessTree: true);
        await crawl.WaitForExitAsync();
        return Report(site, hanging, used, [.. asked.Where(request => request.At >= began && request.At < began + Measured).Select(request => request.Port)]);
    }

    private static int Report(BenchSite site, int hanging, TimeSpan used, IReadOnlyList<int> asked)
    {
        var allowed = PerSecond * Measured.TotalSeconds;
        var shares = site.Hosts.Where(host => host.Port != hanging).Select(host => asked.Count(port => port == host.Port) / allowed).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Hosts} hosts, {PerSecond} pages/s each, {Measured.TotalSeconds:0} s: the other {shares.Count} got {shares[0]:P1} to {shares[^1]:P1} of what they allow, median {shares[shares.Count / 2]:P1}; the hanging one was asked {asked.Count(port => port == hanging)} times; the crawler used {used.TotalSeconds:0.0} s of processor time"));

        // A window may hold one slot more than its length says.
        return shares[0] >= 0.98 && shares[^1] <= 1 + (1 / allowed) ? 0 : 1;
    }
}
