using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Leads;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Search.Reindexing;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil reindex</c>: builds the index anew, or compares it with the records.</summary>
internal static class ReindexCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Build(CommandStreams streams)
    {
        var check = new Option<bool>("--check") { Description = "Only compare the index with the records, and list what it refuses." };
        var retry = new Option<bool>("--retry") { Description = "Send what the index refused again." };
        var dropOld = new Option<bool>("--drop-old") { Description = "Remove the indexes that are not read any more." };
        var data = SettingsOptions.DataFolder();
        var command = new Command("reindex", "Builds the index anew from the records beside the one that is read, and switches to it; everything goes on meanwhile.") { check, retry, dropOld, data }
            .WithExample("surveil reindex --check");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (new[] { check, retry, dropOld }.Count(option => parsed.GetValue(option)) > 1)
            {
                throw new UsageException("expected one of --check, --retry and --drop-old, got several");
            }

            await using var services = ProgramServices.BuildForSearch(SettingsOptions.Load(parsed.GetValue(data)));
            var gate = services.GetRequiredService<IndexGate>();
            if (!await gate.OpenAsync(cancellationToken) && gate.Now.Problem is { } problem)
            {
                throw new SearchUnavailableException(problem);
            }

            return parsed.GetValue(check) ? await CheckAsync(streams, services, cancellationToken)
                : parsed.GetValue(retry) ? await RetryAsync(streams, services, cancellationToken)
                : parsed.GetValue(dropOld) ? await DropOldAsync(streams, services, cancellationToken)
                : await RunAsync(streams, services, cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, IServiceProvider services, CancellationToken cancellationToken)
    {
        switch (await services.GetRequiredService<Reindex>().RunAsync(streams.Error.WriteLine, cancellationToken))
        {
            case ReindexOutcome.Switched { Status: var now } switched:
                await using (var output = streams.OpenWriter())
                {
                    await output.WriteLineAsync(JsonSerializer.Serialize(new { now.Index, now.Documents, switched.Rejected, Old = now.Others }, ContractJson.Options));
                }

                await WriteRejectedAsync(streams, services);
                return switched.Rejected == 0 ? ExitCode.Done : ExitCode.SomeFailed;
            case ReindexOutcome.Busy busy:
                await streams.Error.WriteLineAsync($"another program builds the index already ({busy.Holder}); nothing was done");
                return ExitCode.SomeFailed;
            case ReindexOutcome.Differs { Counts: var counts }:
                await streams.Error.WriteLineAsync(
                    $"the new index was not what it should be ({JsonSerializer.Serialize(counts, ContractJson.Options)}) and was removed; the one before is still read");
                return ExitCode.SomeFailed;
            default:
                throw new UnreachableException();
        }
    }

    private static async Task<int> CheckAsync(CommandStreams streams, IServiceProvider services, CancellationToken cancellationToken)
    {
        var counts = await services.GetRequiredService<Reindex>().CheckAsync(cancellationToken);
        await using (var output = streams.OpenWriter())
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(counts, ContractJson.Options));
        }

        await WriteRejectedAsync(streams, services);
        if (services.GetRequiredService<IndexGate>().Now is { IsOutdated: true } condition)
        {
            await streams.Error.WriteLineAsync(CommandFeed.Describe(condition, services.GetRequiredService<Outbox>().Lag()));
        }

        return counts.IsTrue ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task<int> RetryAsync(CommandStreams streams, IServiceProvider services, CancellationToken cancellationToken)
    {
        var outbox = services.GetRequiredService<Outbox>();
        var again = outbox.Retry();
        var isDone = await services.GetRequiredService<IndexFeed>().CatchUpAsync(Patience, cancellationToken);
        var lag = outbox.Lag();
        await streams.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{again} sent again, {lag.Rejected} refused again"));
        if (!isDone)
        {
            await streams.Error.WriteLineAsync(CommandFeed.Describe(services.GetRequiredService<IndexGate>().Now, lag));
        }

        await WriteRejectedAsync(streams, services);
        return isDone && lag.Rejected == 0 ? ExitCode.Done : ExitCode.SomeFailed;
    }

    private static async Task<int> DropOldAsync(CommandStreams streams, IServiceProvider services, CancellationToken cancellationToken)
    {
        if (await services.GetRequiredService<Reindex>().DropOldAsync(cancellationToken) is not { } dropped)
        {
            await streams.Error.WriteLineAsync("another program builds the index just now; nothing was removed");
            return ExitCode.SomeFailed;
        }

        await using var output = streams.OpenWriter();
        foreach (var name in dropped)
        {
            await output.WriteLineAsync(name);
        }

        return ExitCode.Done;
    }

    private static async Task WriteRejectedAsync(CommandStreams streams, IServiceProvider services)
    {
        foreach (var rejected in services.GetRequiredService<Outbox>().Rejected(int.MaxValue))
        {
            await streams.Error.WriteLineAsync($"{rejected.Id}: refused: {Wording.Visible(rejected.Reason)}");
        }
    }
}
