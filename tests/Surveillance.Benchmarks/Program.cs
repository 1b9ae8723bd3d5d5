using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Surveillance.Benchmarks;
using Surveillance.Benchmarks.Crawling;
using Surveillance.Benchmarks.Searching;

if (args is not (["text" or "classify", _, ..] or ["frontier"] or ["kill"] or ["hosts"] or ["crawlers" or "crawl-memory", ..]
    or ["crawl-alone", "small" or "real", _] or ["crawl-alone", "small" or "real", _, "own" or "peers"] or ["grouping", _] or ["crawl-unassessed", _, _, _, "own" or "peers"] or ["search", _, ..]))
{
    return Usage();
}

if (args[0] == "crawl-unassessed")
{
    // What "crawlers" starts; its time is measured from outside.
    return await UnassessedCrawl.RunAsync(args[1], new Uri(args[2]), int.Parse(args[3], CultureInfo.InvariantCulture), peersTables: args[4] == "peers");
}

var project = Path.GetFullPath(Directory.GetCurrentDirectory());
using (var git = Process.Start(new ProcessStartInfo("git", ["describe", "--always", "--dirty"]) { RedirectStandardOutput = true })!)
{
    var machine = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").First(line => line.StartsWith("model name", StringComparison.Ordinal)).Split(": ")[1] : RuntimeInformation.OSArchitecture.ToString();
    Console.WriteLine($"machine {machine}, {Environment.ProcessorCount} cores; {RuntimeInformation.FrameworkDescription}; commit {git.StandardOutput.ReadToEnd().Trim()}");
}

switch (args[0])
{
    case "search":
        return await SearchBenchmark.RunAsync(project, args[1..]) ?? Usage();
    case "frontier":
        await FrontierBenchmark.RunAsync();
        return 0;
    case "kill":
        return await KillBenchmark.RunAsync();
    case "hosts":
        return await HostsBenchmark.RunAsync();
    case "text":
        new TextBenchmark(Corpus.Read(args[1]), project).Run(args.Contains("--peers"));
        return 0;
    case "classify":
        new ClassifyBenchmark([.. args[1..].Select(Corpus.Read)], project).Run();
        return 0;
    case "crawlers":
        if (!Directory.Exists(Path.Combine(project, "tests/Surveillance.Benchmarks/peers/node_modules")))
        {
            Console.Error.WriteLine("expected the peers: run tests/Surveillance.Benchmarks/peers/install first, from the project's folder");
            return 2;
        }

        var peers = new PeerBenchmark(project, args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3);
        var counts = args.Length > 3 ? args[2..4].Select(count => int.Parse(count, CultureInfo.InvariantCulture)).ToArray() : [5_000, 1_000];
        await peers.RunAsync(PageShape.Small, counts[0]);
        await peers.RunAsync(PageShape.Real, counts[1]);
        return 0;
    case "crawl-alone":
        await PeerBenchmark.OursAloneAsync(args[1] == "real" ? PageShape.Real : PageShape.Small, int.Parse(args[2], CultureInfo.InvariantCulture), args.ElementAtOrDefault(3));
        return 0;
    case "grouping":
        await GroupingBenchmark.RunAsync(args[1]);
        return 0;
    default:
        Console.WriteLine("\n| pages | pages/s | processor ms a page | peak RSS | without mapped files |\n| --- | --- | --- | --- | --- |");
        foreach (var pages in (int[])[5_000, 20_000, 100_000])
        {
            await PeerBenchmark.OursAloneAsync(PageShape.Small, pages);
        }

        return 0;
}

static int Usage()
{
    Console.Error.WriteLine("""
        usage: Surveillance.Benchmarks text CORPUS.jsonl|CORPUS.txt [--peers]
               Surveillance.Benchmarks classify CORPUS.jsonl|CORPUS.txt...
               Surveillance.Benchmarks frontier|kill|hosts|crawl-memory
               Surveillance.Benchmarks crawlers [ROUNDS [PAGES OF 8 KB, PAGES OF 280 KB]]
               Surveillance.Benchmarks crawl-alone small|real PAGES [own|peers]
               Surveillance.Benchmarks grouping PAGES|STORE.db
               Surveillance.Benchmarks search make|queries|bulk|lag [--listings N] [--engines embedded,elasticsearch,opensearch] [--heap 512m] [--rounds 10] [--seconds 60]
        text: the text engine on one thread; --peers also what tests/Surveillance.Benchmarks/peers/install installs.
        classify: the classifier on one thread, stage by stage.
        frontier: start, lease and commit with a million addresses queued.
        kill: 20 kills of a crawl of 5,000 pages; exit code 1 where a page was done twice or a finding lost.
        hosts: 50 hosts of which one hangs, a minute; exit code 1 where the others get less than 98 % of their pace, or more than it.
        crawlers: 5,000 pages of 8 KB and 1,000 of 280 KB with ours, Scrapy (apt-get install python3-scrapy) and Crawlee (peers/install), 3 rounds unless told otherwise.
        crawl-alone small|real PAGES: ours alone on so many pages of 8 KB or 280 KB, for a profiler; "own" with nothing assessed, "peers" with the peers' tables.
        grouping: the grouping by operator alone, three times over a store's file (a copy of it), or over one that a crawl of so many pages of 8 KB leaves.
        crawl-memory: ours alone on 5,000, 20,000 and 100,000 pages of 8 KB.
        search make: the generator of listings alone. search queries: 60 queries, and reading all, on each engine; exit code 1 where they differ in what they find.
        search bulk: writing, beside the same lines posted by curl. search lag: 50 pages/s of 36 listings filed while the index follows; exit code 1 where it falls back.
        example: dotnet run -c Release --project tests/Surveillance.Benchmarks -- text ../shared/texts/ordinary.jsonl --peers
        example: dotnet run -c Release --project tests/Surveillance.Benchmarks -- classify ../shared/texts/ordinary.jsonl data/gold/sellers-marketplace.jsonl
        """);
    return 2;
}
