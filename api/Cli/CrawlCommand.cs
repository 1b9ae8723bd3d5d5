using System.CommandLine;
using Surveillance.Api.Operators;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil crawl</c>: one run now, with progress.</summary>
internal static class CrawlCommand
{
    /// <summary>Pages of a run of a bare address, unless told otherwise.</summary>
    private const int PagesOfAnAddress = 20;

    public static Command Build(CommandStreams streams)
    {
        var target = new Argument<string>("SOURCE_OR_URL") { Description = "A source's id, or an address to begin at." };
        var maxPages = new Option<int?>("--max-pages") { Description = "Pages at most.", HelpName = "N" };
        var render = new Option<RenderMode?>("--render") { Description = "http, or browser for pages that only scripts build." };
        var data = SettingsOptions.DataFolder();
        var rulesOnly = SettingsOptions.RulesOnly();
        var command = new Command("crawl", "Crawls a source or an address once, now.") { target, maxPages, render, rulesOnly, data }
            .WithExample("surveil crawl https://example.com/search?q=1 --max-pages 5");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly));
            await using var services = ProgramServices.BuildForCommand(settings);
            var source = SourceOf(
                services.GetRequiredService<SourceCatalogue>(), parsed.GetRequiredValue(target), parsed.GetValue(maxPages), parsed.GetValue(render));
            return await RunAsync(streams, services, source, cancellationToken);
        });
        return command;
    }

    /// <summary>Runs one source with a progress bar on standard error and prints its figures.</summary>
    internal static async Task<int> RunAsync(CommandStreams streams, IServiceProvider services, SourceDefinition source, CancellationToken cancellationToken)
    {
        await using var feed = await CommandFeed.StartAsync(services, streams, cancellationToken);
        var board = new CrawlBoard(streams, services.GetRequiredService<Storage.Database>());
        var outcome = await board.CrawlAsync(services.GetRequiredService<Crawl>(), services.GetRequiredService<IFeedRun>(), [source], cancellationToken);
        services.GetRequiredService<OperatorGrouping>().CatchUpUnlessCancelled(cancellationToken);
        await board.WriteAsync(outcome);
        await feed.FinishAsync(cancellationToken);
        return CrawlBoard.ExitCodeOf(outcome, cancellationToken.IsCancellationRequested);
    }

    private static SourceDefinition SourceOf(SourceCatalogue catalogue, string target, int? maxPages, RenderMode? render)
    {
        if (maxPages is < 1)
        {
            throw new UsageException($"--max-pages expects a number from 1, got {maxPages}");
        }

        if (Uri.TryCreate(target, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return SourceDefinition.ForUrl(url!, render ?? RenderMode.Http, maxPages ?? PagesOfAnAddress);
        }

        var source = SourceCommand.Find(catalogue, target);
        return source with { MaxPages = maxPages ?? source.MaxPages, Render = render ?? source.Render };
    }
}
