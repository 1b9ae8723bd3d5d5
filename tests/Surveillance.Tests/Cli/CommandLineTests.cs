using System.Text;
using Surveillance.Api.Cli;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("no-such-command")]
    [InlineData("classify", "missing.jsonl")]
    [InlineData("classify", "-", "--on", "yesterday")]
    [InlineData("classify", "-", "--no-such-option")]
    [InlineData("extract", "-", "--url", "not an address")]
    [InlineData("extract", "-")]
    [InlineData("import", "missing.csv")]
    [InlineData("evaluate", "missing.jsonl", "--rules-only")]
    [InlineData("train", "--texts", "no-such-folder")]
    [InlineData("train", "--leave-out", "nobody")]
    [InlineData("leads", "list", "--sort", "FirstSeen")]
    [InlineData("model", "use", "no-such-model")]
    [InlineData("search", "foo:bar")]
    [InlineData("search", "包过", "--size", "0")]
    [InlineData("search", "包过", "--type", "nonsense")]
    [InlineData("search", "包过", "--from", "2026-11-02", "--to", "2026-11-01")]
    [InlineData("search", "！！！")]
    [InlineData("reindex", "--check", "--retry")]
    public async Task Bad_usage_is_one_sentence_and_exit_code_2(params string[] args)
    {
        var (code, output, error) = await RunAsync("", args);

        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.StartsWith("surveil: ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_source_is_paused_listed_so_refused_and_resumed()
    {
        var (paused, _, said) = await RunAsync("", "source", "pause", "xianyu", "--reason", "网站要求", "--by", "某人", "--data", _folder.Path);
        var (_, list, _) = await RunAsync("", "source", "list", "--data", _folder.Path);
        var (_, _, again) = await RunAsync("", "source", "pause", "xianyu", "--data", _folder.Path);
        var (resumed, _, _) = await RunAsync("", "source", "resume", "xianyu", "--data", _folder.Path);
        var (_, after, _) = await RunAsync("", "source", "list", "--data", _folder.Path);
        var (unknown, _, error) = await RunAsync("", "source", "pause", "nowhere", "--data", _folder.Path);

        Assert.Equal((0, 0, 2), (paused, resumed, unknown));
        Assert.Contains("source xianyu paused", said, StringComparison.Ordinal);
        Assert.Contains("was paused already", again, StringComparison.Ordinal);
        Assert.Matches(@"xianyu\tpaused\t闲鱼\t.*\t\S+ 某人: 网站要求", list);
        Assert.Contains("xianyu\tdisabled", after, StringComparison.Ordinal);
        Assert.Contains("expected a source's id, got nowhere", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_malformed_line_is_named_and_the_rest_go_on()
    {
        var (code, output, error) = await RunAsync(
            """
            {"id":"1","title":"低压电工证培训"}
            {"id":"2","title":
            {"id":"3","title":"x","price":"many"}
            {"title":"no id"}

            {"id":"6","text":"旧书","unknown_field":1}
            """,
            "classify",
            "-");

        Assert.Equal(4, code);
        Assert.Equal(["1", "6"], Ids(output));
        Assert.Contains("line 2:", error, StringComparison.Ordinal);
        Assert.Contains("line 3: expected a JSON object of a listing at price: a number belongs there", error, StringComparison.Ordinal);
        Assert.Contains("line 4: expected id or url, got neither", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":"1","text":""}""")]
    [InlineData("""{"id":"1","title":"","text":" \t "}""")]
    [InlineData("""{"id":"1","text":"\u0000\u0001\u001b[2J\uffff"}""")]
    [InlineData("""{"id":"1","text":"包过\ud83d低压\udc00电工证"}""")]
    [InlineData("""{"id":"1","text":"مضمون النجاح شهادة كهربائي"}""")]
    [InlineData("""{"id":"1","text":"電気工事士 合格保証 Гарантия 합격"}""")]
    [InlineData("""{"id":"1","title":"x","seller":null,"unknown":{"a":[1]},"price":1e-3}""")]
    public async Task Any_text_gets_an_answer(string line)
    {
        var (code, output, error) = await RunAsync(line, "classify", "-", "--rules-only");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["1"], Ids(output));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_get_an_answer()
    {
        byte[] line = [.. "{\"id\":\"1\",\"text\":\"包过"u8, 0xFF, 0xFE, 0x80, .. "电工证\"}"u8];
        var (code, output, error) = await RunAsync(line, "classify", "-", "--rules-only");

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(["1"], Ids(output));
    }

    [Fact]
    public async Task A_text_of_a_megabyte_gets_an_answer_with_every_passage()
    {
        var text = string.Concat(Enumerable.Repeat("低压电工证包过，不过退款。", 80_000));
        var (code, output, _) = await RunAsync($$"""{"id":"1","text":"{{text}}"}""", "classify", "-");

        Assert.Equal(0, code);
        Assert.Contains("\"decision\":\"flag\"", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"id":5,"title":"x"}""", "at id: a string belongs there")]
    [InlineData("""{"id":"1","title":["x"]}""", "at title: a string belongs there")]
    [InlineData("""{"id":"1","title":"x","observed":"yesterday"}""", "at observed: a day as YYYY-MM-DD belongs there")]
    [InlineData("""{"id":"1","title":"x","images":"a"}""", "at images: an array of strings belongs there")]
    [InlineData("""{"id":"1","title":"x","kind":"offer"}""", "at kind: listing, ad or page belongs there")]
    [InlineData("[1]", "got another kind of value")]
    [InlineData("null", "got null")]
    [InlineData("f\u001b[2Jnonsense", "⟨001B⟩")]
    public async Task A_wrong_line_is_named_with_what_belongs_there(string line, string expected)
    {
        var (code, output, error) = await RunAsync("\n" + line, "classify", "-", "--rules-only");

        Assert.Equal((4, ""), (code, output));
        Assert.Contains("-: line 2: expected", error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', error);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_bytes()
    {
        const string Input = """{"id":"1","title":"低压电工证包过 不过退款","observed":"2026-11-22"}""";
        var (_, first, _) = await RunAsync(Input, "classify", "-");
        var (_, second, _) = await RunAsync(Input, "classify", "-");

        Assert.Equal(first, second);
        Assert.Contains("\"on\":\"2026-11-22\"", first, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("classify")]
    [InlineData("extract")]
    [InlineData("import")]
    [InlineData("normalize")]
    [InlineData("segment")]
    [InlineData("crawl")]
    [InlineData("serve")]
    [InlineData("demo")]
    [InlineData("leads", "list")]
    [InlineData("leads", "confirm")]
    [InlineData("leads", "reject")]
    [InlineData("source", "list")]
    [InlineData("source", "check")]
    [InlineData("source", "run")]
    [InlineData("settings")]
    [InlineData("replay")]
    [InlineData("train")]
    [InlineData("evaluate")]
    [InlineData("model", "list")]
    [InlineData("model", "use")]
    [InlineData("model", "restore")]
    [InlineData("decisions", "export")]
    [InlineData("search")]
    [InlineData("reindex")]
    public async Task Help_ends_with_an_example(params string[] command)
    {
        var (code, output, _) = await RunAsync("", [.. command, "--help"]);

        Assert.Equal(0, code);
        Assert.Contains("Example:\n  ", output, StringComparison.Ordinal);
        Assert.Contains("surveil " + string.Join(' ', command), output, StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Ids(string output) => output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("id").GetString());

    private static Task<(int Code, string Output, string Error)> RunAsync(string input, params string[] args) => RunAsync(Encoding.UTF8.GetBytes(input), args);

    private static async Task<(int Code, string Output, string Error)> RunAsync(byte[] input, params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(
            args, new CommandStreams(new MemoryStream(input), output, error), TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
