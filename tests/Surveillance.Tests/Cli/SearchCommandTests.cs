using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Cli;
using Surveillance.Api.Search.Embedded;
using Surveillance.Api.Storage;
using Surveillance.Tests.Search.Servers;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

/// <summary>What people type, over real records and the embedded index.</summary>
public sealed class SearchCommandTests : IDisposable
{
    private const string Listings =
        """
        {"id":"1","platform":"闲鱼","title":"低压电工证 报过","text":"不过全额退款","price":380,"location":"广东深圳","observed":"2026-11-20"}
        {"id":"2","platform":"淘宝","title":"高压电工证 包过","text":"三天拿证","price":900,"observed":"2026-11-21"}
        {"id":"3","platform":"闲鱼","title":"旧书 电工基础","text":"九成新","price":15,"observed":"2026-11-21"}

        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_imported_is_found_at_once_with_passages_of_the_original()
    {
        await ImportAsync();
        var (code, output, error) = await RunAsync("search", "包过", "--type", "guarantee");

        Assert.Equal((0, "2 of 2\n"), (code, error));
        var hits = Lines(output);
        Assert.Equal(["1", "2"], hits.Select(hit => hit.GetProperty("item_id").GetString()).Order(StringComparer.Ordinal));
        var first = hits.Single(hit => hit.GetProperty("item_id").GetString() == "1");
        Assert.Equal(
            ["id", "item_id", "platform", "title", "url", "decision", "risk", "state", "highlights"],
            first.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("flag", "new", "报过"), (first.GetProperty("decision").GetString(), first.GetProperty("state").GetString(), first.GetProperty("highlights")[0].GetProperty("text").GetString()));
        Assert.Equal("""[{"field":"title","start":6,"end":8,"text":"报过"}]""", first.GetProperty("highlights").GetRawText());
    }

    [Theory]
    [InlineData("1 2", "")]
    [InlineData("1", "包过", "--platform", "闲鱼")]
    [InlineData("2", "包过", "--item", "高压电工证")]
    [InlineData("2", "包过", "--from", "2026-11-21", "--to", "2026-11-21")]
    [InlineData("3", "旧书", "--all")]
    [InlineData("", "旧书")]
    [InlineData("1", "region:广东")]
    [InlineData("1", "--", "-高压")]
    public async Task Options_and_fields_narrow(string expected, params string[] args)
    {
        await ImportAsync();
        var (code, output, _) = await RunAsync(["search", "--data", _folder.Path, .. args]);

        Assert.Equal(0, code);
        Assert.Equal(expected, string.Join(' ', Lines(output).Select(hit => hit.GetProperty("item_id").GetString()).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("search", "包过")]
    [InlineData("reindex")]
    [InlineData("reindex", "--drop-old")]
    [InlineData("replay")]
    public async Task An_index_of_another_offices_records_is_one_sentence_and_exit_code_3(params string[] args)
    {
        await OpenAnothersIndexAsync();

        var (code, output, error) = await RunAsync(args);

        Assert.Equal((3, ""), (code, output));
        Assert.StartsWith("surveil: the search index in ", error, StringComparison.Ordinal);
        Assert.Contains("belongs to the record store aaaa", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task The_server_does_not_start_over_an_index_of_another_offices_records()
    {
        await OpenAnothersIndexAsync();

        var (code, output, error) = await SurveilProcess.RunAsync(_folder.Path, server: null, "serve", "--rules-only", "--urls", "http://127.0.0.1:0");

        Assert.Equal((3, ""), (code, output));
        Assert.Contains("belongs to the record store aaaa", error.TrimEnd().Split('\n')[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Size_bounds_what_is_shown()
    {
        await ImportAsync();
        var (_, output, error) = await RunAsync("search", "", "--all", "--size", "2");

        Assert.Equal((2, "2 of 3\n"), (Lines(output).Count, error));
    }

    [Fact]
    public async Task The_check_is_one_line_and_says_what_a_damaged_index_lacks()
    {
        await ImportAsync();
        var (code, output, _) = await RunAsync("reindex", "--check");
        Assert.Equal((0, """{"records":3,"indexed":3,"missing":0,"stale":0,"extra":0,"waiting":0,"rejected":0}""" + "\n"), (code, output));

        Execute("UPDATE outbox SET number = number + 100, sent = number + 100 WHERE listing_id = (SELECT min(listing_id) FROM outbox)");
        (code, output, _) = await RunAsync("reindex", "--check");
        Assert.Equal((4, """{"records":3,"indexed":3,"missing":0,"stale":1,"extra":0,"waiting":0,"rejected":0}""" + "\n"), (code, output));

        (code, output, _) = await RunAsync("reindex");
        Assert.Equal((0, """{"index":"surveil-listings-000002","documents":3,"rejected":0,"old":["surveil-listings-000001"]}""" + "\n"), (code, output));
        Assert.Equal(0, (await RunAsync("reindex", "--check")).Code);
        Assert.Equal((0, "surveil-listings-000001\n", ""), await RunAsync("reindex", "--drop-old"));
    }

    [Fact]
    public async Task A_decision_from_the_terminal_is_in_the_index_at_its_end()
    {
        await ImportAsync();
        var id = Lines((await RunAsync("search", "报过", "--platform", "闲鱼")).Output).Single().GetProperty("id").GetString()!;

        Assert.Equal(0, (await RunAsync("leads", "confirm", id)).Code);

        var (_, output, error) = await RunAsync("search", "state:confirmed");
        Assert.Equal((id, "1 of 1\n"), (Lines(output).Single().GetProperty("id").GetString(), error));
    }

    [Fact]
    public async Task A_second_program_that_builds_is_told_who_is_at_it()
    {
        await ImportAsync();
        var now = StoredTime.Of(TimeProvider.System.GetUtcNow());
        Execute($"INSERT INTO index_lease (name, holder, taken_at, heartbeat_at) VALUES ('reindex', 'another-machine:7:a:b', '{now}', '{now}')");

        var (code, output, error) = await RunAsync("reindex");

        Assert.Equal((4, ""), (code, output));
        Assert.Contains("process 7 on another-machine", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Without_the_server_everything_goes_on_and_one_sentence_says_what_waits()
    {
        // Nobody listens on a reserved port.
        _folder.File("surveil.yaml", "search: http://127.0.0.1:1\n");
        var (code, _, error) = await ImportAsync();
        Assert.Equal(0, code);
        Assert.Single(error.Split('\n'), line => line.Contains("3 changes wait", StringComparison.Ordinal) && line.Contains("127.0.0.1:1", StringComparison.Ordinal));

        var (found, output, said) = await RunAsync("search", "包过");
        Assert.Equal((0, 2), (found, Lines(output).Count));
        Assert.Contains("searched in the records: the index can't be used, 3 changes wait", said, StringComparison.Ordinal);
        Assert.Equal(3, (await RunAsync("reindex", "--check")).Code);
        Assert.Equal(3, (await RunAsync("reindex")).Code);
    }

    private Task<(int Code, string Output, string Error)> ImportAsync() => RunAsync("import", _folder.File("market.jsonl", Listings), "--rules-only");

    private async Task OpenAnothersIndexAsync()
    {
        await using var index = new EmbeddedListingIndex(Path.Combine(_folder.Path, "search"), Some.Store);
        await index.OpenAsync(TestContext.Current.CancellationToken);
    }

    private static List<JsonElement> Lines(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    private void Execute(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "surveillance.db")}");
        connection.Execute(sql);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        string[] given = args.Contains("--data") ? args : [.. args, "--data", _folder.Path];
        var code = await CommandLine.RunAsync(given, new CommandStreams(new MemoryStream(), output, error), TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
