using Surveillance.Classifier.Rules.Language;
using Surveillance.Classifier.Text;

namespace Surveillance.Tests.Rules;

public sealed class PatternTests
{
    [Theory]
    [InlineData("包过", "本店包过,必过", "包过")]
    [InlineData("<pass>", "本店包过,必过", "包过|必过")]
    [InlineData("(不过|没过)..4退款", "不过全额退款", "不过全额退款")]
    [InlineData("(不过|没过)..4退款", "不过就一定全额退款", "")]
    [InlineData("不过..9退款", "不过。退款", "")]
    [InlineData("不过退款", "不过退款", "不过退款")]
    [InlineData("<pass>~3退款", "退款,包过;包过,退款", "退款,包过|包过,退款")]
    [InlineData("电工(低压)?证", "电工证 电工低压证", "电工证|电工低压证")]
    [InlineData("包过!(滤|敏)", "包过滤网 包过", "包过")]
    [InlineData("!(不)包过", "不包过,包过", "包过")]
    [InlineData("!(不|绝不)..3包过", "绝不会包过,真的真的包过", "包过")]
    [InlineData("通过率..3[90-100]", "通过率98%,通过率为百分之九十", "通过率98")]
    [InlineData("[1-7]天..2拿证", "三天拿证 30天拿证 7天可拿证", "三天拿证|7天可拿证")]
    [InlineData("[90-100]", "", null)]
    [InlineData("[10-20]元", "第十二元 99元 15.5元", "十二元|15.5元")]
    public void Finds(string pattern, string text, string? expected)
    {
        var sets = new TermSets();
        sets.Add("pass", ["包过", "必过"]);
        var parser = new PatternParser(sets);
        if (expected is null)
        {
            Assert.Throws<FormatException>(() => parser.Parse(pattern).ToList());
            return;
        }

        Assert.Equal(expected, string.Join('|', Find(parser.Parse(pattern).ToList(), sets, text)));
    }

    [Fact]
    public void Stops_at_a_bound_in_a_hostile_text()
    {
        var sets = new TermSets();
        var patterns = new PatternParser(sets).Parse("包过..9包过..9退款").Concat(new PatternParser(sets).Parse("包过")).ToList();

        Assert.Equal(PatternMatcher.MaxMatches, Find(patterns, sets, string.Concat(Enumerable.Repeat("包过", 20_000))).Count());
    }

    private static IEnumerable<string> Find(List<Pattern> patterns, TermSets sets, string text)
    {
        var scan = new FieldScan("text", sets.TermsOfSymbol.Count);
        scan.Read(new NormalizedText(text, text, [.. Enumerable.Range(0, text.Length + 1)], []), new Vocabulary(sets));
        var found = new List<Passage>();
        foreach (var pattern in patterns)
        {
            PatternMatcher.Find(pattern, scan, found);
        }

        return found.OrderBy(passage => passage.Start).Select(passage => text[passage.Start..passage.End]);
    }
}
