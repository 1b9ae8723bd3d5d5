using System.CommandLine;
using Surveillance.Api.Listings;
using Surveillance.Api.Operators;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil import</c>: listings from files.</summary>
internal static class ImportCommand
{
    public static Command Build(CommandStreams streams)
    {
        var files = new Argument<string[]>("FILE") { Description = ".jsonl, .csv or .html files.", Arity = ArgumentArity.OneOrMore };
        var platform = new Option<string?>("--platform") { Description = "The platform of listings that name none.", HelpName = "P" };
        var source = new Option<string?>("--source") { Description = "Under which source to file them; by default the file's name without ending.", HelpName = "S" };
        var data = SettingsOptions.DataFolder();
        var rulesOnly = SettingsOptions.RulesOnly();
        var command = new Command("import", "Assesses listings from files and files them; importing the same again changes nothing.") { files, platform, source, rulesOnly, data }
            .WithExample("surveil import listings.jsonl feed.csv --platform 闲鱼");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var paths = parsed.GetRequiredValue(files);
            foreach (var missing in paths.Where(path => !File.Exists(path)))
            {
                throw new UsageException($"expected a readable file, {missing} is none");
            }

            await using var services = ProgramServices.BuildForCommand(SettingsOptions.Load(parsed.GetValue(data), rulesOnly: parsed.GetValue(rulesOnly)));
            var import = services.GetRequiredService<ListingImport>();
            var failed = false;
            foreach (var path in paths)
            {
                var origin = new ImportOrigin(parsed.GetValue(source) ?? Path.GetFileNameWithoutExtension(path), parsed.GetValue(platform));
                failed |= await ImportAsync(streams, import, path, origin, isOnly: paths.Length == 1, cancellationToken);
            }

            services.GetRequiredService<OperatorGrouping>().CatchUpUnlessCancelled(cancellationToken);
            return failed ? ExitCode.SomeFailed : ExitCode.Done;
        });
        return command;
    }

    /// <returns>True where a line, or the file, failed.</returns>
    private static async Task<bool> ImportAsync(
        CommandStreams streams, ListingImport import, string path, ImportOrigin origin, bool isOnly, CancellationToken cancellationToken)
    {
        try
        {
            var counts = await import.ImportAsync(
                path, origin, (line, reason) => streams.Error.WriteLine($"{path}: line {line}: {reason}"), cancellationToken);
            await streams.Error.WriteLineAsync(
                $"{path}: {counts.New} new, {counts.Changed} changed, {counts.SeenAgain} seen again, {counts.Unchanged} unchanged, {counts.Malformed} malformed");
            return counts.Malformed > 0;
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
}
