using System.Text;
using System.Text.RegularExpressions;
using Surveillance.Crawler.Extraction.Sellers;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Extraction;

public sealed class SellerTrainerTests : IDisposable
{
    private static readonly string[] Before = ["青柚", "麦浪", "白鹭", "石榴", "竹影", "海棠"];
    private static readonly string[] Behind = ["松果", "河狸", "云雀", "芦苇", "墨鱼", "琥珀"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Makes_the_same_bytes_of_the_same_examples()
    {
        var first = Train(Taught(Before));

        Assert.Equal(first, Train(Taught(Before)));
        Assert.NotEqual(first, Train(Taught(Behind)));
    }

    [Fact]
    public void Learns_a_place_that_no_class_names()
    {
        Assert.Equal((6, 6, 0), Told(learnt: Before, asked: Before));
        Assert.Equal((6, 6, 0), Told(learnt: Behind, asked: Behind));
        Assert.Equal((6, 0, 6), Told(learnt: Before, asked: Behind));

        static (int, int, int) Told(string[] learnt, string[] asked)
        {
            var tally = new SellerTrainer([("learnt", Taught(learnt)), ("asked", [Page(9, asked)])]).Validate().Last().Tally;
            return (tally.Named, tally.Right, tally.Wrong);
        }
    }

    [Fact]
    public void Says_how_a_group_is_told_after_training_on_the_others()
    {
        var trainer = new SellerTrainer([("a", Taught(Before)), ("b", Taught(Before)), ("c", [Page(7, Before), Page(8, sellers: null)])]);

        var told = trainer.Validate().ToList();

        Assert.Equal(["a", "b", "c"], told.Select(group => group.Name));
        Assert.Equal(new SellerTally(Named: 36, Right: 36, Wrong: 0, Unnamed: 0, Invented: 0), told[0].Tally);
        Assert.Equal(new SellerTally(Named: 6, Right: 6, Wrong: 0, Unnamed: 6, Invented: 6), told[2].Tally);
    }

    [Fact]
    public void Reads_what_it_wrote()
    {
        var text = Train(Taught(Before));
        using var again = new StringWriter();
        SellerModel.Read(new StringReader(text)).Write(again);

        Assert.Equal(text, again.ToString());
    }

    [Theory]
    [InlineData("(?m)^Fact\t.*$", "Fact", "found: Fact")]
    [InlineData("(?m)^Fact\t.*$", "Fact\tmany", "found: Fact\tmany")]
    [InlineData("(?m)^Fact\t.*$", "Fact\t1\t2", "found: Fact\t1\t2")]
    [InlineData("(?m)^Fact\t.*$", "Fact\tNaN", "Fact")]
    [InlineData("(?m)^Fact\t.*\n", "", "expected a line Fact")]
    [InlineData("(?m)^bias\t.*\n", "", "expected a line bias")]
    [InlineData("(?m)^(Fact\t.*\n)", "$1$1", "once")]
    [InlineData("(?m)^(Fact\t.*\n)", "$1Wool\t1\n", "Wool")]
    [InlineData("(?s)^.*$", "", "expected a line")]
    public void Refuses_a_file_that_is_no_model(string pattern, string replacement, string reason)
    {
        var text = Regex.Replace(Train(Taught(Before)), pattern, replacement);

        Assert.Contains(reason, Assert.Throws<FormatException>(() => SellerModel.Read(new StringReader(text))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"file":"page.html","listings":5}""")]
    [InlineData("""{"file":"page.html","listings":["青柚"]}""")]
    public void Refuses_by_name_an_expected_json_that_is_none(string expected)
    {
        _folder.File("01-list/page.html", "<p>青柚</p>");
        var file = _folder.File("01-list/expected.json", expected);

        Assert.StartsWith(file, Assert.Throws<FormatException>(() => SellerExample.Read(_folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_pages_gives_none()
    {
        Directory.CreateDirectory(Path.Combine(_folder.Path, "01-empty"));
        _folder.File("02-without-page/expected.json", """{"file":"page.html","listings":[{"title":"青柚"}]}""");
        _folder.File("03-blocked/page.html", "<p>青柚</p>");
        _folder.File("03-blocked/expected.json", """{"file":"page.html","listings":[]}""");
        _folder.File("04-without-listings/page.html", "<p>青柚</p>");
        _folder.File("04-without-listings/expected.json", """{"file":"page.html"}""");

        Assert.Empty(SellerExample.Read(_folder.Path));
    }

    [Fact]
    public void Reads_pages_in_the_order_of_their_folders_with_remarks_left_out()
    {
        foreach (var name in (string[])["02", "10", "01"])
        {
            _folder.File($"{name}/page.html", name);
            _folder.File($"{name}/expected.json", """{"file":"page.html","site":"某站 (s.example.com/list?p=2)","listings":[{"title":"电工班","seller":"青柚 [认证](3年)"},{"title":"焊工班"},{"seller":"无题"}]}""");
        }

        var read = SellerExample.Read(_folder.Path);

        Assert.Equal(["01", "02", "10"], read.Select(example => Encoding.UTF8.GetString(example.Bytes)));
        Assert.Equal("https://s.example.com/list?p=2", read[0].Url.AbsoluteUri);
        Assert.Equal([("电工班", "青柚 "), ("焊工班", null)], read[0].Listed);
    }

    private static SellerExample[] Taught(string[] sellers) => [.. Enumerable.Range(0, 6).Select(number => Page(number, sellers))];

    /// <summary>A list whose cards say one word before and one behind the title; which of them sells is for the examples to say.</summary>
    private static SellerExample Page(int number, string[]? sellers)
    {
        var titles = Before.Select((_, i) => $"低压电工培训第{number}{i}期夜间班").ToList();
        var cards = titles.Select((title, i) => $"<li><i>{Before[(i + number) % 6]}</i><h3><a href='/item/{number}{i}001'>{title}</a></h3><i>{Behind[(i + number) % 6]}</i><b>¥{number + 20}{i}</b></li>");
        var html = $"<title>搜索</title><ul>{string.Concat(cards)}</ul>";
        return new SellerExample(Encoding.UTF8.GetBytes(html), new Uri("https://s.example.com/search?q=x"), [.. titles.Select((title, i) => (title, sellers?[(i + number) % 6]))]);
    }

    private static string Train(SellerExample[] examples)
    {
        using var model = new StringWriter();
        new SellerTrainer([("written", examples)]).Train(model);
        return model.ToString();
    }
}
