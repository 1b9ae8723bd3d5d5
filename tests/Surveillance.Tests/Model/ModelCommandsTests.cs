using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Surveillance.Api.Cli;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Model;

/// <summary>Training, adopting, restoring and doing without a model, as typed at a terminal.</summary>
public sealed class ModelCommandsTests : IDisposable
{
    private const string Damaged = "0123456789abcdef0123";

    private static readonly string[] Pass = ["低压电工证包过，考不过退全款，加微信", "焊工证保过班，不过全额退款，报名私聊"];

    private readonly TemporaryFolder _folder = new();

    private string Data => Path.Combine(_folder.Path, "var");

    private string Store => Path.Combine(Data, "surveillance.db");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("classify", "LISTINGS")]
    [InlineData("import", "LISTINGS")]
    [InlineData("replay")]
    [InlineData("crawl", "http://127.0.0.1:9/")]
    [InlineData("serve", "--urls", "http://127.0.0.1:0")]
    [InlineData("evaluate", "LISTINGS")]
    public async Task A_damaged_model_is_refused_at_start_in_one_sentence_with_the_way_out(params string[] command)
    {
        AdoptDamaged();

        var (code, output, error) = await RunAsync([.. command.Select(Given), "--data", Data]);

        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Contains($"{Damaged}.bin, found", error, StringComparison.Ordinal);
        Assert.Contains("--rules-only", error, StringComparison.Ordinal);
        Assert.False(File.Exists(Store), "the store was made all the same");
    }

    [Theory]
    [InlineData("classify", "LISTINGS")]
    [InlineData("import", "LISTINGS")]
    [InlineData("replay")]
    [InlineData("evaluate", "LISTINGS")]
    public async Task The_rules_work_without_it(params string[] command)
    {
        AdoptDamaged();

        var (code, _, error) = await RunAsync([.. command.Select(Given), "--rules-only", "--data", Data]);

        Assert.True(code == 0, error);
    }

    [Theory]
    [InlineData("--totals", 0)]
    [InlineData(null, 1)]
    public async Task Listings_are_left_out_where_only_totals_are_wanted(string? option, int mistakes)
    {
        var wrong = _folder.File("wrong.jsonl", Lines(Pass[..1], []));
        var report = Path.Combine(_folder.Path, "report.html");

        var (code, output, error) = await RunAsync(["evaluate", wrong, "--rules-only", "--report", report, .. option is null ? Array.Empty<string>() : [option]]);

        Assert.Equal(0, code);
        Assert.Equal(mistakes, output.Split("\"what\":\"mistake\"").Length - 1);
        Assert.Equal(mistakes > 0, (output + error + await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken)).Contains("考不过", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_it_starts_and_every_page_says_so()
    {
        AdoptDamaged();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        foreach (var argument in new[] { typeof(CommandLine).Assembly.Location, "serve", "--rules-only", "--urls", "http://127.0.0.1:0", "--role", "web", "--data", Data })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        try
        {
            var said = await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
            Assert.Contains("the statistical model is off", said, StringComparison.Ordinal);
            using var client = new HttpClient();
            var page = await client.GetStringAsync(new Uri(said.Split(' ')[1].TrimEnd(';') + "/sources"), TestContext.Current.CancellationToken);
            Assert.Contains("统计模型已停用", page, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task What_can_not_be_used_is_listed_and_restored_from()
    {
        AdoptDamaged();

        var (code, output, _) = await RunAsync("model", "list", "--data", Data);
        Assert.Equal(4, code);
        Assert.Contains($"\"name\":\"{Damaged}\",\"in_force\":true,\"fault\"", output, StringComparison.Ordinal);

        Assert.Equal(0, (await RunAsync("model", "restore", "--data", Data)).Code);
        Assert.DoesNotContain($"\"name\":\"{Damaged}\",\"in_force\":true", (await RunAsync("model", "list", "--data", Data)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_under_which_a_type_gets_worse_is_refused_and_the_comparison_is_kept()
    {
        AdoptDamaged();
        var wanted = SmallCorpus.Train(_folder);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "gold"));
        // To the small model nothing is a guarantee, so that it takes back what rules find.
        _folder.File("gold/own.jsonl", Lines(Pass, ["guarantee"]));

        var (code, output, error) = await RunAsync("model", "use", wanted, "--gold", Path.Combine(_folder.Path, "gold"), "--data", Data);

        Assert.Equal(4, code);
        Assert.Contains("not adopted: worse on 2 gold listings in flagged, guarantee", error, StringComparison.Ordinal);
        Assert.Contains("compared with the rules alone", error, StringComparison.Ordinal);
        Assert.Contains("\"type\":\"guarantee\",\"before\":1,\"after\":0", output, StringComparison.Ordinal);
        using var kept = Comparison(wanted);
        Assert.False(kept.RootElement.GetProperty("adopted").GetBoolean());
        Assert.Equal([Damaged], File.ReadLines(Path.Combine(Data, "models", "in-force")));

        Assert.Equal(4, (await RunAsync("model", "use", wanted, "--accept", "guarantee", "--gold", Path.Combine(_folder.Path, "gold"), "--data", Data)).Code);
        Assert.Equal(0, (await RunAsync("model", "use", wanted, "--accept", "guarantee", "--accept", "flagged", "--gold", Path.Combine(_folder.Path, "gold"), "--data", Data)).Code);
        using var accepted = Comparison(wanted);
        Assert.Equal(["guarantee", "flagged"], accepted.RootElement.GetProperty("accepted").EnumerateArray().Select(type => type.GetString()!));
    }

    [Fact]
    public async Task Decisions_are_exported_learnt_adopted_and_taken_back()
    {
        await RunAsync("import", Given("LISTINGS"), "--rules-only", "--data", Data);
        var ids = Ids((await RunAsync("leads", "list", "--sort", "uncertain", "--data", Data)).Output);
        Assert.Equal(2, ids.Count);
        Assert.Equal(0, (await RunAsync("leads", "confirm", ids[0], "--data", Data)).Code);
        Assert.Equal(0, (await RunAsync("leads", "reject", ids[1], "--reason", "教材", "--data", Data)).Code);
        var decisions = _folder.File("decisions.jsonl", (await RunAsync("decisions", "export", "--data", Data)).Output);
        Directory.CreateDirectory(Path.Combine(_folder.Path, "corpus"));
        _folder.File("corpus/small.jsonl", string.Concat(SmallCorpus.Listings.Select(Line)));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "gold"));
        _folder.File("gold/own.jsonl", Lines(["星火通道，电工证直接下来", "有星火通道，焊工证直接下来"], ["insider"]));
        var model = Path.Combine(_folder.Path, "learnt.bin");

        var (code, _, error) = await RunAsync("train", "--corpus", Path.Combine(_folder.Path, "corpus"), "--decisions", decisions, "-o", model);

        Assert.True(code == 0, error);
        Assert.Contains("decisions/decisions: 2 listings, sha256 ", error, StringComparison.Ordinal);
        Assert.Contains("trained without --texts", error, StringComparison.Ordinal);
        Assert.Equal(["corpus", "decisions"], StatisticalModel.Open(model).Head.Sources.Select(source => source.Set!));

        AdoptDamaged();
        Assert.Equal(0, (await RunAsync("model", "use", model, "--gold", Path.Combine(_folder.Path, "gold"), "--data", Data)).Code);
        using var kept = Comparison(model);
        Assert.True(kept.RootElement.GetProperty("adopted").GetBoolean());
        Assert.Equal(0, (await RunAsync("classify", Given("LISTINGS"), "--data", Data)).Code);
        Assert.Contains(Damaged, (await RunAsync("model", "restore", "--data", Data)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_voice_and_each_source_is_left_out_in_turn()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "corpus"));
        Directory.CreateDirectory(Path.Combine(_folder.Path, "texts"));
        _folder.File("corpus/sellers.jsonl", string.Concat(SmallCorpus.Listings.Where(listing => listing.Types.Count > 0).Select(Line)));
        _folder.File("corpus/schools.jsonl", string.Concat(SmallCorpus.Listings.Where(listing => listing.Types.Count == 0).Select(Line)));
        _folder.File("texts/positives.jsonl", string.Concat(SmallCorpus.Listings.Select((listing, at) => Line(listing with { Group = $"t{listing.Group}" }, $"repo:someone/texts:{at % 2}.csv"))));
        _folder.File("texts/positive_types.jsonl", """{"id":"none-such","types":[]}""" + "\n");
        string[] train = ["train", "--corpus", Path.Combine(_folder.Path, "corpus"), "--texts", Path.Combine(_folder.Path, "texts"), "-o", Path.Combine(_folder.Path, "m.bin")];

        var (code, output, error) = await RunAsync([.. train, "--leave-out", "voice", "--leave-out", "source"]);

        Assert.True(code == 0, error);
        Assert.DoesNotContain("trained without", error, StringComparison.Ordinal);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["corpus/schools", "corpus/sellers", "texts/positives", "texts/positive_types"],
            lines[0].GetProperty("sources").EnumerateArray().Select(source => $"{source.GetProperty("set")}/{source.GetProperty("name")}"));
        Assert.Equal(["voice schools 0 36", "voice sellers 36 0", "source repo:someone/texts 36 36"], lines[1..].Select(line =>
            $"{line.GetProperty("kind")} {line.GetProperty("name")} {line.GetProperty("recall").GetProperty("whole")} {line.GetProperty("lawful_flagged").GetProperty("whole")}"));
    }

    private void AdoptDamaged()
    {
        Directory.CreateDirectory(Path.Combine(Data, "models"));
        _folder.File($"var/models/{Damaged}.bin", "no model, though it is long enough to be looked at twice by a careful reader");
        _folder.File("var/models/in-force", Damaged + "\n");
    }

    private string Given(string argument) => argument == "LISTINGS" ? _folder.File("listings.jsonl", Lines(Pass, ["guarantee"])) : argument;

    private JsonDocument Comparison(string model) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Data, "models", StatisticalModel.Open(model).Version + ".json")));

    private static string Lines(string[] texts, string[] types) =>
        string.Concat(texts.Select((text, at) => JsonSerializer.Serialize(new { id = $"{at}", text, types }, ContractJson.Options) + "\n"));

    private static string Line(Classifier.Model.Training.TrainingListing listing) => Line(listing, null);

    private static string Line(Classifier.Model.Training.TrainingListing listing, string? source) =>
        JsonSerializer.Serialize(new { listing.Listing.Id, listing.Listing.Text, listing.Types, listing.Group, Source = source }, ContractJson.Options) + "\n";

    private static List<string> Ids(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("id").GetString()!)];

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        await using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(args, new CommandStreams(Stream.Null, output, error), TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
