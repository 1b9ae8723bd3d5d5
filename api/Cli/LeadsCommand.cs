using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Surveillance.Api.Leads;
using Surveillance.Api.Settings;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil leads</c>: officers' work on leads from a terminal.</summary>
internal static class LeadsCommand
{
    public static Command Build(CommandStreams streams) => new("leads", "Lists leads, confirms and rejects them.")
    {
        BuildList(streams),
        BuildDecision(streams, "confirm", "Confirms leads: the listing does what the findings say, and goes on takedown lists.", withReason: false),
        BuildDecision(streams, "reject", "Rejects leads, with a reason.", withReason: true),
    };

    private static Command BuildList(CommandStreams streams)
    {
        var types = new Option<string[]>("--type") { Description = "Violation type; may be repeated.", HelpName = "T" };
        types.AcceptOnlyFromAmong([.. ViolationType.All.Select(type => type.Id)]);
        var platforms = new Option<string[]>("--platform") { Description = "Platform; may be repeated.", HelpName = "P" };
        var items = new Option<string[]>("--item") { Description = "Certificate, e.g. 低压电工证; may be repeated.", HelpName = "I" };
        var decisions = new Option<Decision[]>("--decision") { Description = "flag, review or clear; may be repeated." };
        var states = new Option<LeadState[]>("--state") { Description = "new, confirmed or rejected; may be repeated." };
        var operatorOf = new Option<string?>("--operator") { Description = "A lead's id: only leads of the same operator, itself included.", HelpName = "ID" };
        var sort = new Option<LeadOrder>("--sort")
        {
            Description = "rank (decision, then risk), uncertain (unanswered leads first, the least certain before all), risk, first_seen, last_seen, price, title, platform, seller or state.",
            CustomParser = Order,
        };
        var csv = new Option<bool>("--csv") { Description = "The lead list as the page exports it, instead of JSON lines." };
        var data = SettingsOptions.DataFolder();
        var command = new Command("list", "Prints leads, highest risk first unless told otherwise, one JSON object a line.") { types, platforms, items, decisions, states, operatorOf, sort, csv, data }
            .WithExample("surveil leads list --type guarantee --state new --sort uncertain");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var filter = new LeadFilter
            {
                Types = parsed.GetValue(types) ?? [],
                Platforms = parsed.GetValue(platforms) ?? [],
                Items = parsed.GetValue(items) ?? [],
                Decisions = parsed.GetValue(decisions) ?? [],
                States = parsed.GetValue(states) ?? [],
                Operator = parsed.GetValue(operatorOf) is { } id ? Id(id) : null,
                Order = parsed.GetValue(sort),
            };
            var leads = Store(SettingsOptions.Load(parsed.GetValue(data)));
            await WriteAsync(streams, leads, filter, parsed.GetValue(csv), cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task WriteAsync(CommandStreams streams, LeadStore leads, LeadFilter filter, bool csv, CancellationToken cancellationToken)
    {
        if (csv)
        {
            await SafeCsv.WriteAsync(streams.Output, LeadExport.Header, LeadExport.RowsAsync(leads, filter, cancellationToken), cancellationToken);
            return;
        }

        await using var output = streams.OpenWriter();
        await foreach (var row in leads.ReadAllAsync(filter, cancellationToken))
        {
            var line = new
            {
                row.Id,
                row.ItemId,
                row.Listing.Platform,
                row.Listing.Title,
                row.Listing.Url,
                row.Assessment.Decision,
                row.Assessment.Risk,
                row.Assessment.Uncertainty,
                row.Standing.State,
                row.Standing.Reason,
                Types = row.Assessment.Findings.Select(finding => finding.Type),
                row.Operator,
                row.RelistOf,
            };
            await output.WriteLineAsync(JsonSerializer.Serialize(line, ContractJson.Options));
        }
    }

    private static Command BuildDecision(CommandStreams streams, string name, string description, bool withReason)
    {
        var ids = new Argument<string[]>("ID") { Description = "Leads' ids, as leads list prints them.", Arity = ArgumentArity.OneOrMore };
        var reason = new Option<string>("--reason") { Description = "Why the findings are wrong.", Required = withReason, HelpName = "R" };
        var actor = new Option<string?>("--by") { Description = "Who decides, as the history shows it; default the account's name.", HelpName = "NAME" };
        var data = SettingsOptions.DataFolder();
        var command = new Command(name, description) { ids, actor, data };
        if (withReason)
        {
            command.Options.Add(reason);
        }

        command.WithExample(withReason ? "surveil leads reject 1f0c2a9b8d7e6f5a4b3c --reason 教材，不是报名服务" : "surveil leads confirm 1f0c2a9b8d7e6f5a4b3c");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            LeadDecision decision = withReason ? new LeadDecision.Reject(Reason(parsed.GetRequiredValue(reason))) : new LeadDecision.Confirm();
            await using var services = ProgramServices.BuildForSearch(SettingsOptions.Load(parsed.GetValue(data)));
            await using var feed = await CommandFeed.StartAsync(services, streams, cancellationToken);
            var leads = new LeadStore(services.GetRequiredService<Storage.Database>(), TimeProvider.System);
            var failed = false;
            foreach (var id in parsed.GetRequiredValue(ids).Select(Id).ToList())
            {
                failed |= !await DecideAsync(streams, leads, id, decision, parsed.GetValue(actor) ?? Environment.UserName, cancellationToken);
            }

            await feed.FinishAsync(cancellationToken);
            return failed ? ExitCode.SomeFailed : ExitCode.Done;
        });
        return command;
    }

    /// <returns>False where the lead could not be decided on; why was said.</returns>
    private static async Task<bool> DecideAsync(
        CommandStreams streams, LeadStore leads, LeadId id, LeadDecision decision, string actor, CancellationToken cancellationToken)
    {
        var lead = await leads.FindAsync(id, cancellationToken);
        DecideOutcome outcome = lead is null
            ? new DecideOutcome.NotFound()
            : await leads.DecideAsync(new LeadRuling(id, lead.Row.Standing.Revision, decision, actor), cancellationToken);
        var (done, sentence) = outcome switch
        {
            DecideOutcome.Decided decided => (true, $"{Wording.Of(decided.Now.State)}"),
            DecideOutcome.Stale => (false, "changed meanwhile; nothing was done, look at it again"),
            DecideOutcome.Pointless pointless => (false, $"stands as {Wording.Of(pointless.Now.State)} already; nothing was done"),
            DecideOutcome.NotFound => (false, "no such lead"),
            _ => throw new UnreachableException(),
        };
        await streams.Error.WriteLineAsync($"{id}: {sentence}");
        return done;
    }

    /// <summary>The names that the API and the pages take too.</summary>
    private static LeadOrder Order(System.CommandLine.Parsing.ArgumentResult result)
    {
        var reader = new QueryReader();
        var given = result.Tokens.Single().Value;
        var order = reader.Word(given, "sort", LeadOrder.Rank);
        if (reader.Problem is not null)
        {
            result.AddError($"--sort expects one of {string.Join(", ", QueryReader.NamesOf<LeadOrder>())}, got {given}.");
        }

        return order;
    }

    private static LeadStore Store(SurveillanceSettings settings) => new(new Storage.Database(settings.StorePath), TimeProvider.System);

    private static LeadId Id(string text) =>
        LeadId.TryParse(text, out var id) ? id : throw new UsageException($"expected a lead's id (20 lower-case hexadecimal digits), got {text}");

    private static string Reason(string text) =>
        string.IsNullOrWhiteSpace(text) ? throw new UsageException("--reason expects why the findings are wrong, got nothing") : text.Trim();
}
