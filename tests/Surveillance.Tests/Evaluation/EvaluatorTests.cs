using Surveillance.Api.Evaluation;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Evaluation;

public sealed class EvaluatorTests : IDisposable
{
    private const string Lines = """
        {"id":"1","text":"低压电工证包过，报名私聊","types":["guarantee"],"maybe":["restricted-item"]}
        {"id":"2","text":"叉车证保过班，加微信","types":["guarantee"],"source":"a"}
        {"id":"3","text":"电工证照片拍摄","types":["guarantee"]}
        {"id":"4","text":"二手自行车","types":[],"source":"b"}
        {"id":"5","text":"空调包过滤网清洗","label":["none"],"source":"b"}
        {"id":"6","text":"焊工证必过，报名私聊","types":[],"source":"b"}
        {"id":"7","text":"学电工","types":[],"maybe":["guarantee"]}
        {"id":"8","text":"<script>alert(1)</script>焊工证包过，联系微信","types":["insider"]}
        {"id":"9","text":"算不清","label":["unclear"]}
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly EvaluationResult _result;

    public EvaluatorTests()
    {
        var file = LabelledFile.Read(_folder.File("hand.jsonl", Lines));
        Assert.Empty(file.Faults);
        _result = new Evaluator(Some.Classifier, new DateOnly(2026, 11, 25), TimeProvider.System).Evaluate(file.Listings);
    }

    public void Dispose() => _folder.Dispose();

    // Violating: 1, 2, 3, 8; flagged of them: 1, 2, 8. Lawful: 4, 5, 6; flagged of them: 6. 7 and 9 do not count.
    [Fact]
    public void Counts_flagged_or_not()
    {
        Assert.Equal(new Share(3, 4), _result.Precision);
        Assert.Equal(new Share(3, 4), _result.Recall);
        Assert.Equal(0.75, _result.F1);
        Assert.Equal(new Share(1, 3), _result.LawfulFlagged);
        Assert.Equal(new Share(0, 1), _result.MissedInReview);
    }

    [Fact]
    public void Counts_each_type()
    {
        var guarantee = Assert.Single(_result.Types, type => type.Type == "guarantee");
        Assert.Equal(new Share(2, 4), guarantee.Precision);
        Assert.Equal(new Share(2, 3), guarantee.Recall);

        var insider = Assert.Single(_result.Types, type => type.Type == "insider");
        Assert.Equal(new Share(0, 1), insider.Recall);
        Assert.Equal(0, insider.F1);
    }

    [Fact]
    public void Says_what_became_of_each_source() =>
        Assert.Equal(new Share(1, 3), Assert.Single(_result.Sources, source => source.Source == "b").Flagged);

    [Fact]
    public void Confuses_and_worst_errors_name_the_wrong_ones()
    {
        Assert.Contains(new ConfusionCell("insider", "guarantee", 1), _result.Confusion);
        Assert.Contains(new ConfusionCell("guarantee", "—", 1), _result.Confusion);
        Assert.Equal(["3", "6", "8"], _result.Worst.Select(mistake => mistake.Labelled.Listing.Id!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Gives_the_interval_of_f1()
    {
        var (value, low, high) = Share.F1(new Share(80, 86), new Share(80, 108));

        Assert.Equal(0.8247, value);
        Assert.Equal((0.7595, 0.8751), (low, high));
        Assert.Null(Share.F1(new Share(0, 0), new Share(0, 0)).Value);
    }

    [Fact]
    public async Task What_is_in_the_report_is_printed_too()
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var people = new StringWriter();

        await new EvaluationPrint(output, people).WriteAsync(_result);

        var kinds = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => System.Text.Json.JsonDocument.Parse(line).RootElement.GetProperty("what").GetString()!).Distinct();
        Assert.Equal(["total", "type", "confusion", "source", "curve", "calibration", "mistake"], kinds);
        Assert.Contains("8: missed [insider] wrong [guarantee]", people.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_shows_hostile_text_as_text_and_needs_nothing_else()
    {
        var html = EvaluationReport.Write(_result, ["<b>.jsonl"]);

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;.jsonl", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("""{"id":"1","text":"x"}""", "expected types")]
    [InlineData("""{"id":"1","text":"x","types":["no-such"]}""", "unknown type no-such")]
    [InlineData("""{"id":"1","text":5,"types":[]}""", "could not be converted")]
    [InlineData("""[1]""", "")]
    [InlineData("""{"id":"1","text":"x","types":[5]}""", "expected strings in types, got 5")]
    [InlineData("""{"id":"1","text":"x","types":"guarantee"}""", "expected types")]
    [InlineData("""{"id":""", "")]
    public void A_line_that_is_wrong_is_named(string line, string reason)
    {
        var file = LabelledFile.Read(_folder.File("wrong.jsonl", $"\n{line}\n{{\"id\":\"2\",\"text\":\"y\",\"types\":[]}}\n"));

        Assert.Single(file.Listings);
        Assert.Contains("line 2: ", Assert.Single(file.Faults), StringComparison.Ordinal);
        Assert.Contains(reason, file.Faults[0], StringComparison.Ordinal);
    }
}
