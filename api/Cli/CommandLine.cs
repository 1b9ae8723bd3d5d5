using System.CommandLine;
using System.CommandLine.Help;
using Surveillance.Api.Search;
using Surveillance.Api.Settings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;

namespace Surveillance.Api.Cli;

/// <summary>The program's command line: parses, runs the command, and turns every ending into an exit code.</summary>
public static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, CommandStreams streams, CancellationToken cancellationToken = default)
    {
        var parsed = Root(streams).Parse(args);
        if (parsed.Errors.Count > 0)
        {
            await streams.Error.WriteLineAsync($"surveil: {string.Join(" ", parsed.Errors.Select(error => OneLine(error.Message)))} See --help.");
            return ExitCode.BadInput;
        }

        try
        {
            var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, Error = streams.Error };
            await using var output = streams.OpenWriter();
            configuration.Output = output;
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception error)
        {
            var (code, message) = Ending(error);
            await streams.Error.WriteLineAsync($"surveil: {message}");
            return code;
        }
    }

    /// <summary>The parser lists what it knows a line each.</summary>
    private static string OneLine(string message) => string.Join(' ', message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    private static (int Code, string Message) Ending(Exception error) => error switch
    {
        UsageException or RuleSetException or ModelException or SettingsException or SearchQueryException => (ExitCode.BadInput, error.Message),
        StoreException or SearchUnusableException or SearchUnavailableException => (ExitCode.Unusable, error.Message),
        OperationCanceledException => (ExitCode.Interrupted, "interrupted; what was finished is kept"),
        _ => (ExitCode.Bug, error.ToString()),
    };

    // Not a RootCommand: that one calls itself after the assembly, and people type surveil.
    private static Command Root(CommandStreams streams) => new("surveil", "Finds, proves and lists unlawful offers of special-operation certificates (特种作业操作证).")
    {
        new HelpOption(),
        new VersionOption(),
        ServeCommand.Build(streams),
        DemoCommand.Build(streams),
        CrawlCommand.Build(streams),
        ImportCommand.Build(streams),
        ExtractCommand.Build(streams),
        NormalizeCommand.Build(streams),
        SegmentCommand.Build(streams),
        ClassifyCommand.Build(streams),
        LeadsCommand.Build(streams),
        DecisionsCommand.Build(streams),
        ReplayCommand.Build(streams),
        SearchCommand.Build(streams),
        ReindexCommand.Build(streams),
        TrainCommand.Build(streams),
        EvaluateCommand.Build(streams),
        ModelCommand.Build(streams),
        OutcomesCommand.Build(streams),
        SellersCommand.Build(streams),
        SourceCommand.Build(streams),
        SettingsCommand.Build(streams),
    };
}
