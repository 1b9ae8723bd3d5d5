using System.Text;
using Surveillance.Api.Cli;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

public sealed class SellersCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Train_writes_a_model_and_how_each_folder_is_told_without_it()
    {
        var model = Path.Combine(_folder.Path, "model.tsv");

        var (code, output, error) = await RunAsync("sellers", "train", Pages("a"), Pages("b") + Path.DirectorySeparatorChar, "-o", model);

        Assert.Equal((0, ""), (code, error));
        Assert.Equal(
            ["""{"folder":"a","named":4,"right":4,"wrong":0,"unnamed":0,"invented":0}""", """{"folder":"b","named":4,"right":4,"wrong":0,"unnamed":0,"invented":0}"""],
            output.TrimEnd().Split('\n'));
        Assert.Contains("\nbias\t", await File.ReadAllTextAsync(model, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_folder_alone_is_refused()
    {
        var model = Path.Combine(_folder.Path, "model.tsv");

        await IsRefusedAsync("DIR", "sellers", "train", Pages("a"), "-o", model);

        Assert.False(File.Exists(model));
    }

    [Fact]
    public Task A_folder_that_is_not_there_is_refused_by_name() => IsRefusedAsync("no-such-folder", "sellers", "train", Pages("a"), "no-such-folder");

    [Fact]
    public Task An_expected_json_that_is_none_is_refused_by_name()
    {
        var file = _folder.File("b/01/expected.json", "{");

        return IsRefusedAsync(file, "sellers", "train", Pages("a"), Path.Combine(_folder.Path, "b"));
    }

    [Fact]
    public async Task A_model_that_cannot_be_written_is_one_sentence()
    {
        var model = Path.Combine(_folder.Path, "missing", "model.tsv");

        var (code, _, error) = await RunAsync("sellers", "train", Pages("a"), Pages("b"), "-o", model);

        Assert.Equal(2, code);
        Assert.Contains(model, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folders_without_pages_make_no_model()
    {
        var model = Path.Combine(_folder.Path, "model.tsv");
        var empty = Directory.CreateDirectory(Path.Combine(_folder.Path, "empty")).FullName;

        await IsRefusedAsync("expected.json", "sellers", "train", empty, empty, "-o", model);

        Assert.False(File.Exists(model));
    }

    private string Pages(string name)
    {
        string[] sellers = ["青禾五金店", "周师傅", "临水培训部", "南桥夜校"];
        var listed = sellers.Select((seller, i) => (Title: $"低压电工培训第{i}期夜间班", Seller: seller)).ToList();
        var cards = listed.Select((card, i) => $"<li><h3><a href='/item/{i}7001'>{card.Title}</a></h3><b>¥{i + 20}</b><i>{card.Seller}</i></li>");
        _folder.File($"{name}/01/page.html", $"<title>搜索</title><ul>{string.Concat(cards)}</ul>");
        _folder.File($"{name}/01/expected.json", $$"""{"file":"page.html","site":"某站 (s.example.com/search?q=x)","listings":[{{string.Join(',', listed.Select(card => $$"""{"title":"{{card.Title}}","seller":"{{card.Seller}}"}"""))}}]}""");
        return Path.Combine(_folder.Path, name);
    }

    private static async Task IsRefusedAsync(string reason, params string[] args)
    {
        var (code, output, error) = await RunAsync(args);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(reason, Assert.Single(error.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, new CommandStreams(Stream.Null, output, error), TestContext.Current.CancellationToken);
        return (code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }
}
