using System.CommandLine;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Extraction.Sites;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil source</c>: which sources there are, what is wrong with them, and a run of one.</summary>
internal static class SourceCommand
{
    public static Command Build(CommandStreams streams) => new("source", "Lists, checks, runs, pauses and resumes sources.")
    {
        BuildList(streams),
        BuildCheck(streams),
        BuildRun(streams),
        SourceStateCommands.BuildPause(streams),
        SourceStateCommands.BuildResume(streams),
        SourceStateCommands.BuildRuns(streams),
    };

    /// <exception cref="UsageException">No such source, one whose file is wrong, or one that is not enabled.</exception>
    internal static SourceDefinition Find(SourceCatalogue catalogue, string id)
    {
        if (catalogue.Faults.FirstOrDefault(fault => fault.Id == id) is { } fault)
        {
            throw new UsageException($"source {id} is disabled, {fault.File} is wrong: {fault.Reason}");
        }

        var source = catalogue.Find(id)
            ?? throw new UsageException($"expected a source's id or an http address, got {id}; known sources: {string.Join(", ", catalogue.Sources.Select(known => known.Id))}");
        return source.Enabled
            ? source
            : throw new UsageException($"source {id} is not enabled; a real platform is crawled only with enabled: true and an authorisation (by, on, document)");
    }

    private static Command BuildList(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var command = new Command("list", "Prints the sources, a line each, paused ones with the reason.") { data }.WithExample("surveil source list");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var catalogue = Load(parsed.GetValue(data));
            var paused = SourceStateCommands.Paused(parsed.GetValue(data));
            await using var output = streams.OpenWriter();
            foreach (var source in catalogue.Sources)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var pause = paused.GetValueOrDefault(source.Id);
                var state = pause is not null ? "paused" : source.Enabled ? "enabled" : "disabled";
                var notice = pause is null ? "" : $"\t{StoredTime.Of(pause.Since)} {pause.By}: {pause.Reason}";
                await output.WriteLineAsync($"{source.Id}\t{state}\t{source.Platform ?? "-"}\t{source.Schedule}\t{source.Name}{notice}");
            }

            foreach (var fault in catalogue.Faults)
            {
                await output.WriteLineAsync($"{fault.Id}\tfaulty\t-\t-\t{fault.Reason}");
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Command BuildCheck(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var command = new Command("check", "Names every source and site file that is wrong; exit code 4 if there is one.") { data }.WithExample("surveil source check");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var catalogue = Load(parsed.GetValue(data));
            await using var output = streams.OpenWriter();
            foreach (var fault in catalogue.Faults)
            {
                cancellationToken.ThrowIfCancellationRequested();
                await output.WriteLineAsync($"{fault.File}: {fault.Id}: {fault.Reason}");
            }

            var feeds = catalogue.Sources.Select(source => (source.Id, Reason: FaultOf(source.Feed))).Where(feed => feed.Reason is not null).ToList();
            foreach (var (id, reason) in feeds)
            {
                await output.WriteLineAsync($"{id}: {reason}");
            }

            var sites = SiteFiles.Read(Path.Combine(SettingsOptions.Load(parsed.GetValue(data)).DataFolder, "sites")).Faults;
            foreach (var site in sites)
            {
                await output.WriteLineAsync($"{site.File}: {site.Reason}");
            }

            await streams.Error.WriteLineAsync($"{catalogue.Sources.Count - feeds.Count} sources are good, {catalogue.Faults.Count} are wrong and disabled, {feeds.Count} can't be read; {sites.Count} site files are wrong");
            return catalogue.Faults.Count + feeds.Count + sites.Count == 0 ? ExitCode.Done : ExitCode.SomeFailed;
        });
        return command;
    }

    private static Command BuildRun(CommandStreams streams)
    {
        var id = new Argument<string>("ID") { Description = "The source's id." };
        var rulesOnly = SettingsOptions.RulesOnly();
        var data = SettingsOptions.DataFolder();
        var command = new Command("run", "Crawls a source once, now.") { id, rulesOnly, data }.WithExample("surveil source run city-market");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var services = ProgramServices.BuildForCommand(SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly)));
            var source = Find(services.GetRequiredService<SourceCatalogue>(), parsed.GetRequiredValue(id));
            return await CrawlCommand.RunAsync(streams, services, source, cancellationToken);
        });
        return command;
    }

    /// <summary>What keeps a feed from being read now; null where nothing does.</summary>
    private static string? FaultOf(SourceFeed? feed)
    {
        try
        {
            _ = feed?.Map is { } map ? FeedMapFile.Read(map) : null;
            return feed is null || Directory.Exists(feed.Folder) ? null : $"expected a folder, {feed.Folder} is none";
        }
        catch (FeedMapException error)
        {
            return error.Message;
        }
    }

    internal static SourceCatalogue Load(string? dataFolder) => SourceCatalogue.Load(new SourceFolders
    {
        Shipped = Path.Combine(ProgramFiles.DataFolder, "sources"),
        Overrides = Path.Combine(SettingsOptions.Load(dataFolder).DataFolder, "sources"),
    });
}
