using System.CommandLine;
using Surveillance.Api.Listings;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Operators;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil import</c>: listings from files.</summary>
internal static class ImportCommand
{
    public static Command Build(CommandStreams streams)
    {
        var files = new Argument<string[]>("FILE") { Description = ".jsonl, .csv and .html files, .warc and .warc.gz archives.", Arity = ArgumentArity.OneOrMore };
        var platform = new Option<string?>("--platform") { Description = "The platform of listings that name none.", HelpName = "P" };
        var source = new Option<string?>("--source") { Description = "Under which source to file them; by default the file's name without ending.", HelpName = "S" };
        var map = new Option<string?>("--map") { Description = "How a feed (.jsonl, .csv) names its columns; docs/import.md has the keys.", HelpName = "FILE.yaml" };
        var data = SettingsOptions.DataFolder();
        var rulesOnly = SettingsOptions.RulesOnly();
        var command = new Command("import", "Assesses listings from files and files them; importing the same again changes nothing.") { files, platform, source, map, rulesOnly, data }
            .WithExample("surveil import feed.csv crawl.warc.gz --platform 闲鱼 --map feed.yaml");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var paths = parsed.GetRequiredValue(files);
            foreach (var missing in paths.Where(path => !File.Exists(path)))
            {
                throw new UsageException($"expected a readable file, {missing} is none");
            }

            var feed = ReadMap(parsed.GetValue(map));
            await using var services = ProgramServices.BuildForCommand(SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly)));
            await using var indexing = await CommandFeed.StartAsync(services, streams, cancellationToken);
            var import = services.GetRequiredService<ListingImport>();
            var failed = false;
            foreach (var path in paths)
            {
                var origin = new ImportOrigin(parsed.GetValue(source) ?? NameOf(path), parsed.GetValue(platform)) { Map = feed };
                failed |= await ImportAsync(streams, import, path, origin, isOnly: paths.Length == 1, cancellationToken);
            }

            services.GetRequiredService<OperatorGrouping>().CatchUpUnlessCancelled(cancellationToken);
            await indexing.FinishAsync(cancellationToken);
            return failed ? ExitCode.SomeFailed : ExitCode.Done;
        });
        return command;
    }

    /// <summary>The file's name without its ending, both parts of it for a compressed one.</summary>
    private static string NameOf(string path)
    {
        var name = Path.GetFileName(path);
        var ending = ListingImport.Endings.FirstOrDefault(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        return ending is null ? Path.GetFileNameWithoutExtension(name) : name[..^ending.Length];
    }

    private static FeedMap ReadMap(string? path)
    {
        try
        {
            return path is null ? FeedMap.Contract : FeedMapFile.Read(path);
        }
        catch (FeedMapException error)
        {
            throw new UsageException(error.Message, error);
        }
    }

    /// <returns>True where a line, or the file, failed.</returns>
    private static async Task<bool> ImportAsync(
        CommandStreams streams, ListingImport import, string path, ImportOrigin origin, bool isOnly, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await import.ImportAsync(
                path, origin, (number, reason) => streams.Error.WriteLine($"{path}: {(IsArchive(path) ? "record" : "line")} {number}: {reason}"), cancellationToken);
            var pages = IsArchive(path) ? $"{counts.Pages} pages ({counts.Blocked} blocked), {counts.KnownPages} known, {counts.Passed} other records; " : "";
            await streams.Error.WriteLineAsync(
                $"{path}: {pages}{counts.New} new, {counts.Changed} changed, {counts.SeenAgain} seen again, {counts.Unchanged} unchanged, {counts.Malformed} malformed");
            return counts.Malformed > 0;
        }
        catch (FeedMapException error)
        {
            throw new UsageException($"{path}: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            if (isOnly)
            {
                throw new UsageException(error.Message, error);
            }

            await streams.Error.WriteLineAsync($"{path}: {error.Message}");
            return true;
        }
    }

    private static bool IsArchive(string path) => path.EndsWith(".warc", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".warc.gz", StringComparison.OrdinalIgnoreCase);
}
