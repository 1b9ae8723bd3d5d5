using System.CommandLine;
using Surveillance.Api.Operators;
using Surveillance.Api.Settings;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil demo</c>: the demo marketplace, crawled at once and served.</summary>
internal static class DemoCommand
{
    /// <summary>Where the demo marketplace listens when that port is free, so that its pages keep their addresses from one demo to the next.</summary>
    private const int UsualPort = 5081;

    public static Command Build(CommandStreams streams)
    {
        var once = new Option<bool>("--once") { Description = "Crawl, print the table and end, without serving." };
        var urls = new Option<string?>("--urls") { Description = "Where to serve (setting urls).", HelpName = "U" };
        var data = new Option<string?>("--data") { Description = "Folder of the demo's records; default demo in the data folder.", HelpName = "DIR" };
        var rulesOnly = SettingsOptions.RulesOnly();
        var command = new Command("demo", "Starts the demo marketplace, crawls it at once, prints what was found, and serves the pages.") { once, urls, rulesOnly, data }
            .WithExample("surveil demo --once");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            // The demo's listings are kept apart from real ones.
            var folder = parsed.GetValue(data) ?? Path.Combine(SettingsOptions.Load().DataFolder, "demo");
            var settings = SettingsOptions.Load(folder, parsed.GetValue(urls), parsed.GetValue(rulesOnly));
            ServeCommand.RequireTokenBeyondLoopback(settings);
            return await RunAsync(streams, settings, parsed.GetValue(once), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, SurveillanceSettings settings, bool once, CancellationToken cancellationToken)
    {
        await using var market = await DemoMarketProcess.StartAsync(UsualPort, cancellationToken);
        await using var server = ProgramServices.BuildServer(settings, once ? ServerRole.Web : ServerRole.All, market.Address);
        await using var feed = await CommandFeed.StartAsync(server.Services, streams, cancellationToken);
        if (!once)
        {
            await ServeCommand.StartAsync(server, settings, cancellationToken);
            await streams.Error.WriteLineAsync($"serving {string.Join(' ', server.Urls)}; the demo marketplace is {market.Address}");
        }

        var sources = server.Services.GetRequiredService<SourceCatalogue>().Sources.Where(source => source.Demo && source.Enabled).ToList();
        var board = new CrawlBoard(streams, server.Services.GetRequiredService<Storage.Database>());
        var report = await board.CrawlAsync(server.Services.GetRequiredService<Crawl>(), server.Services.GetRequiredService<IFeedRun>(), sources, cancellationToken);
        server.Services.GetRequiredService<OperatorGrouping>().CatchUpUnlessCancelled(cancellationToken);
        await board.WriteAsync(report);
        await feed.FinishAsync(cancellationToken);
        var code = CrawlBoard.ExitCodeOf(report, cancellationToken.IsCancellationRequested);
        if (!once && code != ExitCode.Interrupted)
        {
            await server.WaitForShutdownAsync(cancellationToken);
        }

        return code;
    }
}
