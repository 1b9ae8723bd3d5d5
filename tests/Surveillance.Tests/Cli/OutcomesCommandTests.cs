using System.Text;
using Surveillance.Api.Cli;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

public sealed class OutcomesCommandTests : IDisposable
{
    private const string Walls = """
        {"expected":"denied","status":200,"asked":"home","html":"<title>鲸鱼</title><p>今日份额已罄，鲸鱼正在打盹</p>"}
        {"expected":"denied","status":403,"asked":"home","html":"<title>鲸鱼</title><p>明日份额已罄，鲸鱼正在打盹</p>"}
        {"expected":"ok","status":200,"asked":"home","html":"<title>鲸鱼</title><p>鲸鱼馆开放，成人票三十元</p>"}
        {"expected":"ok","status":200,"asked":"home","html":"<title>鲸鱼</title><p>鲸鱼馆每日开放，成人票三十元</p>"}
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_writes_a_model_and_how_each_file_is_told_without_it()
    {
        _folder.File("a.jsonl", Walls);
        _folder.File("b.jsonl", Walls);
        var model = Path.Combine(_folder.Path, "model.tsv");

        var (code, output, error) = await RunAsync("outcomes", "train", "--pages", _folder.Path, "-o", model);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(4, output.TrimEnd().Split('\n').Length);
        Assert.Contains("""{"file":"a.jsonl","expected":"ok","pages":2""", output, StringComparison.Ordinal);
        Assert.StartsWith("bias\t", await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_counts_what_pages_are_told_as()
    {
        var file = _folder.File("pages.jsonl", """{"expected":"denied","status":403,"asked":"home","html":"<p>鲸鱼</p>"}""");

        var (code, output, _) = await RunAsync("outcomes", "evaluate", file, "--status");

        Assert.Equal(0, code);
        Assert.Equal("""{"file":"pages.jsonl","expected":"denied","pages":1,"right":1,"no_answer":1,"told":{"denied":1}}""", output.TrimEnd());
    }

    [Theory]
    [InlineData("train", "--pages", "no-such-folder")]
    [InlineData("evaluate", "missing.jsonl")]
    [InlineData("evaluate")]
    public async Task Bad_usage_is_one_sentence_and_exit_code_2(params string[] args)
    {
        var (code, output, error) = await RunAsync(["outcomes", .. args]);

        Assert.Equal((2, ""), (code, output));
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new CommandStreams(Stream.Null, output, error), TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
