using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Outcomes.Learned;

namespace Surveillance.Tests.Extraction;

public sealed class OutcomeTrainerTests
{
    private static readonly Uri Address = new("https://www.example.com/");

    [Fact]
    public void Makes_the_same_bytes_of_the_same_examples() => Assert.Equal(Train(Taught), Train(Taught));

    [Fact]
    public void Learns_a_wall_of_words_that_no_phrase_names()
    {
        var wall = Page("今日份额已罄，鲸鱼正在打盹");
        var open = Page("鲸鱼馆今日开放，成人票三十元");

        Assert.Equal(Ending.Denied, Told(Taught, wall));
        Assert.Equal(Ending.Ok, Told(Taught, open));
    }

    [Fact]
    public void Says_how_a_group_is_told_after_training_on_the_others()
    {
        var trainer = new OutcomeTrainer([("a", Taught), ("b", Taught), ("c", [Page("鲸鱼正在打盹", "denied")])]);

        var (name, tallies) = trainer.Validate().Last();

        Assert.Equal("c", name);
        Assert.Equal(("denied", 1, 1, 1), (tallies[0].Expected, tallies[0].Pages, tallies[0].Right, tallies[0].NoAnswer));
    }

    [Theory]
    [InlineData("""{"expected":"ok","status":200}""", "html")]
    [InlineData("""{"expected":"wall","status":200,"asked":"home","html":""}""", "not wall")]
    [InlineData("{", "x.jsonl:1")]
    public void Refuses_a_line_that_is_no_example(string line, string reason)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory().FullName, "x.jsonl");
        File.WriteAllText(file, line);

        Assert.Contains(reason, Assert.Throws<FormatException>(() => OutcomeExample.Read(file)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bias\t1\t2\n")]
    [InlineData("a\t0\t0\t0\t0\t0\t0\t0\n")]
    public void Refuses_a_file_that_is_no_model(string text) => Assert.Throws<FormatException>(() => EndingModel.Read(new StringReader(text)));

    private static OutcomeExample[] Taught { get; } =
    [
        .. Enumerable.Range(0, 12).Select(day => Page($"今日第{day}份额已罄，鲸鱼正在打盹", "denied")),
        .. Enumerable.Range(0, 12).Select(day => Page($"鲸鱼馆第{day}日开放，成人票三十元")),
    ];

    private static OutcomeExample Page(string text, string expected = "ok") => new(expected, 200, Address, $"<html><head><title>鲸鱼</title></head><body><p>{text}</p></body></html>");

    private static string Train(OutcomeExample[] examples)
    {
        using var model = new StringWriter();
        new OutcomeTrainer([("written", examples)]).Train(model);
        return model.ToString();
    }

    private static Ending Told(OutcomeExample[] examples, OutcomeExample page)
    {
        using var model = new StringReader(Train(examples));
        var reader = PageReader.CreateDefault().With(EndingModel.Read(model));
        return Enum.Parse<Ending>(OutcomeExample.NameOf(reader.Read(page.Bytes, page.Url)), ignoreCase: true);
    }
}
