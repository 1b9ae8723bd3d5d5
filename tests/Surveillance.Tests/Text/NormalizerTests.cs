using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Surveillance.Classifier.Text;

namespace Surveillance.Tests.Text;

public sealed class NormalizerTests
{
    private static readonly Normalizer Plain = new(Dictionaries.Resources, Lexicon.Empty, []);

    public static TheoryData<string> Hostile => OddTexts.HostileNames;

    [Theory]
    [InlineData("ＡＢＣ１２３", "abc123")]
    [InlineData("包\u200B过\u202E", "包过")]
    [InlineData("1️⃣3️⃣8️⃣", "138")]
    [InlineData("①℡㊣", "1tel正")]
    [InlineData("低壓電工證", "低压电工证")]
    [InlineData("応急管理局検定", "应急管理局检定")]
    [InlineData("證書\uFE0F", "证书")]
    [InlineData("cafe\u0301", "café")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("\u1112\u1161\u11AB", "한")]
    [InlineData("𝐁𝐆", "bg")]
    [InlineData("予備 欠 芸 后 里", "予备 欠 芸 后 里")]
    [InlineData("保留：、。！", "保留:、。!")]
    public void Folds_everywhere(string text, string normal)
    {
        var normalized = Plain.Normalize(text);
        Assert.Equal(normal, normalized.Text);
        Assert.Empty(normalized.Folds);
    }

    [Theory]
    [InlineData("报过", "包过", FoldKind.Homophone)]
    [InlineData("饱过", "保过", FoldKind.Homophone)]
    [InlineData("保果", "保过", FoldKind.Homophone)]
    [InlineData("办正", "办证", FoldKind.Homophone)]
    [InlineData("电工正", "电工证", FoldKind.Homophone)]
    [InlineData("不果退款", "不过退款", FoldKind.Homophone)]
    [InlineData("加V信", "加微信", FoldKind.Homophone)]
    [InlineData("学厉", "学历", FoldKind.Homophone)]
    [InlineData("刻樟", "刻章", FoldKind.Homophone)]
    [InlineData("低压电エ证", "低压电工证", FoldKind.Lookalike)]
    [InlineData("通过率1OO%", "通过率100%", FoldKind.Lookalike)]
    [InlineData("办言正", "办证", FoldKind.SplitCharacter)]
    [InlineData("办讠正", "办证", FoldKind.SplitCharacter)]
    [InlineData("亻呆过", "保过", FoldKind.SplitCharacter)]
    [InlineData("baoguo", "包过", FoldKind.Pinyin)]
    [InlineData("bao过", "包过", FoldKind.Pinyin)]
    [InlineData("B过", "包过", FoldKind.Pinyin)]
    [InlineData("BG", "包过", FoldKind.Pinyin)]
    [InlineData("dgz", "电工证", FoldKind.Pinyin)]
    [InlineData("🅱🅶", "包过", FoldKind.Pinyin)]
    [InlineData("低压dian工证", "低压电工证", FoldKind.Pinyin)]
    [InlineData("证办", "办证", FoldKind.Reversed)]
    [InlineData("证工电", "电工证", FoldKind.Reversed)]
    [InlineData("通过率💯", "通过率100%", FoldKind.Symbol)]
    [InlineData("➕微信", "加微信", FoldKind.Symbol)]
    [InlineData("包 过", "包过", FoldKind.Separator)]
    [InlineData("包-过", "包过", FoldKind.Separator)]
    [InlineData("包/过", "包过", FoldKind.Separator)]
    [InlineData("包.过", "包过", FoldKind.Separator)]
    [InlineData("包*过", "包过", FoldKind.Separator)]
    [InlineData("包【过", "包过", FoldKind.Separator)]
    [InlineData("包a过", "包过", FoldKind.Separator)]
    [InlineData("包\u0336过\u0336", "包过\u0336", FoldKind.Separator)]
    [InlineData("低 压 电 工 证", "低压电工证", FoldKind.Separator)]
    public void Reads_a_disguised_term(string text, string term, FoldKind kind)
    {
        var normalized = Dictionaries.Normalizer.Normalize(text);
        Assert.Equal(term, normalized.Text);
        Assert.Equal(kind, Assert.Single(normalized.Folds).Kind);
    }

    [Theory]
    [InlineData("你报过名了吗")]
    [InlineData("凭身份证办理入住")]
    [InlineData("居住证办了三天")]
    [InlineData("我办正事去")]
    [InlineData("办正规手续")]
    [InlineData("电工证办一个")]
    [InlineData("电工正在维修线路")]
    [InlineData("寄了一个包裹")]
    [InlineData("为国争光报国")]
    [InlineData("全包 过年回家")]
    [InlineData("大军出征")]
    [InlineData("我抱过她的猫")]
    [InlineData("background music bgm")]
    [InlineData("他的学力很强")]
    [InlineData("过保的空调")]
    [InlineData("方言正在消失")]
    [InlineData("面包过期了")]
    [InlineData("包过")]
    [InlineData("低压电工证")]
    [InlineData("考试一次保过")]
    [InlineData("全程大学教师授课 联考保过")]
    [InlineData("办理房证 刻章")]
    [InlineData("考什么事都要培训")]
    public void Leaves_alone(string text)
    {
        var normalized = Dictionaries.Normalizer.Normalize(text);
        Assert.Empty(normalized.Folds);
        Assert.Equal(text, normalized.Text);
    }

    [Fact]
    public void Tells_where_a_fold_was_made()
    {
        var normalized = Dictionaries.Normalizer.Normalize("Ａ电工证，报 过！");
        Assert.Equal("a电工证,包过!", normalized.Text);
        Assert.Equal([new Fold(FoldKind.Homophone, 5, 8, "报 过", "包过")], normalized.Folds);
        Assert.Equal([0, 1, 2, 3, 4, 5, 7, 8, 9], normalized.Map);
        Assert.Equal((5, 8), normalized.ToOriginal(5, 7));
    }

    [Fact]
    public void Leaves_removed_units_out_behind_a_span() =>
        Assert.Equal((0, 3), Dictionaries.Normalizer.Normalize("包\u200B过\u200B\u200B的").ToOriginal(0, 2));

    [Fact]
    public void Folds_towards_terms_of_the_rules_too()
    {
        var normalizer = new Normalizer(Dictionaries.Resources, Dictionaries.Words, ["会计从业资格"]);
        Assert.Equal("会计从业资格", normalizer.Normalize("会/计从/业资/格").Text);
    }

    [Fact]
    public void Writes_kinds_of_folds_in_kebab_case() => Assert.Equal("\"split-character\"", JsonSerializer.Serialize(FoldKind.SplitCharacter));

    [Theory]
    [MemberData(nameof(Hostile))]
    public void Answers_for(string name)
    {
        var text = OddTexts.Hostile[name];
        AssertMapped(Dictionaries.Normalizer.Normalize(text));
    }

    [Fact]
    public void Maps_every_span_to_its_source_and_back() =>
        Prop.ForAll(OddTexts.Any.ToArbitrary(), text => AssertMapped(Dictionaries.Normalizer.Normalize(text))).QuickCheckThrowOnFailure();

    [Fact]
    public void Maps_every_span_to_a_source_that_folds_to_it() => Prop.ForAll(OddTexts.Any.ToArbitrary(), text =>
    {
        var normalized = Plain.Normalize(text);
        for (var start = 0; start < normalized.Text.Length; start++)
        {
            var (from, to) = normalized.ToOriginal(start, Math.Min(start + 3, normalized.Text.Length));
            Assert.Contains(normalized.Text[start..Math.Min(start + 3, normalized.Text.Length)], Plain.Normalize(text[from..to]).Text, StringComparison.Ordinal);
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Normalises_marks_and_widths_as_Unicode_does()
    {
        string[] pieces = ["e", "\u0301", "\u0323", "a", "ｶ", "ﾞ", "\u1112", "\u1161", "\u11AB", "Ａ", "ﬁ", "é", "が", " ", "\u0345"];
        Prop.ForAll(Gen.Elements(pieces).ListOf().Select(list => string.Concat(list)).ToArbitrary(), text =>
            Assert.Equal(text.Normalize(NormalizationForm.FormKC).ToLowerInvariant(), Plain.Normalize(text).Text)).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("包 报果-过bao(")]
    [InlineData("(((((((((")]
    [InlineData("b a o g u o ")]
    [InlineData("百分百百分之百")]
    public void Takes_steps_in_proportion_to_the_length(string unit)
    {
        Dictionaries.Normalizer.Normalize(string.Concat(Enumerable.Repeat(unit, 1_000)), out var once);
        Dictionaries.Normalizer.Normalize(string.Concat(Enumerable.Repeat(unit, 4_000)), out var fourfold);
        Assert.InRange(fourfold, once, 4 * (once + 100));
    }

    [Fact]
    public void Rewrites_hardly_any_ordinary_text()
    {
        var path = Dictionaries.Shared("texts/ordinary.jsonl");
        Assert.SkipWhen(path is null, "the ordinary texts are not there");
        var texts = File.ReadLines(path!).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("text").GetString()!).ToList();
        var folds = texts.SelectMany(text => Dictionaries.Normalizer.Normalize(text).Folds).ToList();

        // The sample's words are parted by spaces in places, so most are terms parted so; docs/performance.md has the count by kind.
        Assert.InRange(folds.Count, 0, texts.Count * 15 / 1000);
        Assert.InRange(folds.Count(fold => fold.Kind != FoldKind.Separator), 0, texts.Count / 1000);
    }

    private static void AssertMapped(NormalizedText text)
    {
        Assert.Equal(text.Text.Length + 1, text.Map.Length);
        Assert.Equal(text.Original.Length, text.Map[^1]);
        var (before, beforeEnd) = (0, 0);
        for (var unit = 0; unit < text.Text.Length; unit++)
        {
            var (start, end) = text.ToOriginal(unit, unit + 1);
            if (start < before || end < beforeEnd || start >= end || end > text.Original.Length)
            {
                Assert.Fail($"unit {unit} of {text.Text} maps to {start}..{end}");
            }

            (before, beforeEnd) = (start, end);
            var (back, backEnd) = text.ToNormalized(start, end);
            if (back > unit || backEnd <= unit)
            {
                Assert.Fail($"unit {unit} of {text.Text} is not in {back}..{backEnd}");
            }
        }

        Assert.All(text.Folds, fold => Assert.Equal(text.Original[fold.Start..fold.End], fold.From));
    }
}
