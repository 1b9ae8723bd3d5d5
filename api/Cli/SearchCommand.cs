using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil search</c>: leads that match, or every listing.</summary>
internal static class SearchCommand
{
    private const int UsualSize = 20;
    private const int LargestPage = 1000;

    public static Command Build(CommandStreams streams)
    {
        var query = new Argument<string>("QUERY")
        {
            Description = "Terms, \"exact words\", -excluded ones, field:value; docs/search.md has all. Before one that begins with - put --.",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = _ => "",
        };
        var types = new Option<string[]>("--type") { Description = "Violation type; may be repeated.", HelpName = "T" };
        types.AcceptOnlyFromAmong([.. ViolationType.All.Select(type => type.Id)]);
        var platforms = new Option<string[]>("--platform") { Description = "Platform; may be repeated.", HelpName = "P" };
        var items = new Option<string[]>("--item") { Description = "Certificate, e.g. 低压电工证; may be repeated.", HelpName = "I" };
        var from = new Option<string?>("--from") { Description = "First seen on or after this day (Asia/Shanghai).", HelpName = "YYYY-MM-DD" };
        var to = new Option<string?>("--to") { Description = "First seen on or before this day.", HelpName = "YYYY-MM-DD" };
        var size = new Option<int>("--size") { Description = $"How many at most; default {UsualSize}.", HelpName = "N", DefaultValueFactory = _ => UsualSize };
        var all = new Option<bool>("--all") { Description = "Every listing, not leads alone." };
        var data = SettingsOptions.DataFolder();
        var command = new Command("search", "Prints what matches by decision, risk and last sighting, one JSON object a line.") { query, types, platforms, items, from, to, size, all, data }
            .WithExample("surveil search '包过 -\"严厉打击\" price:..500' --type guarantee --size 50");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            if (parsed.GetValue(size) < 1)
            {
                throw new UsageException($"--size expects a number from 1, got {parsed.GetValue(size)}");
            }

            await using var services = ProgramServices.BuildForSearch(SettingsOptions.Load(parsed.GetValue(data)));
            var search = services.GetRequiredService<ListingSearch>();
            var asked = search.Parse(parsed.GetValue(query) ?? "", leadsOnly: !parsed.GetValue(all));
            asked = asked with
            {
                Filters =
                [
                    .. asked.Filters,
                    .. OneOf(SearchField.Type, parsed.GetValue(types)),
                    .. OneOf(SearchField.Platform, parsed.GetValue(platforms)),
                    .. OneOf(SearchField.Item, parsed.GetValue(items)),
                    .. Days(parsed.GetValue(from), parsed.GetValue(to)),
                ],
            };
            await services.GetRequiredService<IndexGate>().OpenAsync(cancellationToken);
            await services.GetRequiredService<IndexFeed>().LookAsync(cancellationToken);
            return await RunAsync(streams, search, asked, parsed.GetValue(size), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, ListingSearch search, SearchQuery query, int size, CancellationToken cancellationToken)
    {
        await using var output = streams.OpenWriter();
        var (shown, total, isFromRecords) = (0, 0L, false);
        SearchCursor? after = null;
        do
        {
            var answer = await search.SearchAsync(new SearchRequest(query, Math.Min(size - shown, LargestPage), after), cancellationToken);
            foreach (var hit in answer.Value.Hits)
            {
                await output.WriteLineAsync(Line(hit, search.HighlightsOf(hit, query)));
            }

            shown += answer.Value.Hits.Count;
            (total, after, isFromRecords) = (answer.Value.Total, answer.Value.Next, isFromRecords || answer.IsFromRecords);
        }
        while (after is not null && shown < size);

        await streams.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{shown} of {total}"));
        var lag = search.Lag();
        if (isFromRecords || lag.Waiting > 0)
        {
            await streams.Error.WriteLineAsync($"{(isFromRecords ? "searched in the records: " : "")}{CommandFeed.Describe(search.Condition, lag)}");
        }

        return ExitCode.Done;
    }

    private static string Line(IndexDocument hit, IReadOnlyList<Highlight> highlights) => JsonSerializer.Serialize(
        new { hit.Id, hit.ItemId, hit.Platform, hit.Title, hit.Url, hit.Decision, hit.Risk, hit.State, Highlights = highlights }, ContractJson.Options);

    private static IEnumerable<SearchFilter> OneOf(string field, string[]? values) => values is { Length: > 0 } ? [new SearchFilter.OneOf(field, values)] : [];

    private static IEnumerable<SearchFilter> Days(string? from, string? to)
    {
        if (from is null && to is null)
        {
            return [];
        }

        DateOnly? first = from is null ? null : ClassifyCommand.Day(from, "--from");
        DateOnly? last = to is null ? null : ClassifyCommand.Day(to, "--to");
        if (first > last)
        {
            throw new UsageException($"--from expects a day that is not after --to, got {from} and {to}");
        }

        return
        [
            new SearchFilter.TimeRange(
                SearchField.FirstSeen,
                first is { } start ? StoredTime.StartOf(start) : null,
                last is { } end && end < DateOnly.MaxValue ? StoredTime.StartOf(end.AddDays(1)) : null),
        ];
    }
}
