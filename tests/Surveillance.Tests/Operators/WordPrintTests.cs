using System.Text.Json;
using Surveillance.Api.Operators;
using Surveillance.Classifier.Likeness;
using Surveillance.Classifier.Segmentation;
using Surveillance.Classifier.Text;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Operators;

/// <summary>
/// On families.jsonl, written for this: ten sellers' texts, each also reworded, in evasive spellings, with other prices and in other places, and
/// 24 honest texts of the trade that are merely similar.
/// </summary>
public sealed class WordPrintTests
{
    private static readonly WordPrinter Printer = new(Some.Classifier.Normalizer, new Segmenter(TextResources.Open()));

    private static readonly FamilyText[] Texts =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Operators", "families.jsonl")).Select(line => JsonSerializer.Deserialize<FamilyText>(line, JsonSerializerOptions.Web)!),
    ];

    private static readonly WordPrint[] Prints = [.. Texts.Select(text => Printer.Read(text.Title, text.Text))];

    [Theory]
    [InlineData("evasive", 1.0)]
    [InlineData("price", 1.0)]
    [InlineData("city", 1.0)]
    [InlineData("reworded", 0.6)]
    public void Finds_copies_that_were_changed_so(string variant, double recall)
    {
        var pairs = Pairs().Where(pair => Texts[pair.One].Family == Texts[pair.Other].Family
            && Texts[pair.One].Variant == "original" && Texts[pair.Other].Variant == variant).ToList();

        var found = pairs.Count(pair => IsFound(pair.One, pair.Other));

        Assert.Equal(10, pairs.Count);
        Assert.True(found >= recall * pairs.Count, $"{found} of {pairs.Count}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{variant}: recall {found}/{pairs.Count}");
    }

    [Fact]
    public void Takes_no_similar_text_of_another_for_a_copy()
    {
        var strangers = Pairs().Where(pair => Texts[pair.One].Family != Texts[pair.Other].Family).ToList();
        var taken = strangers.Where(pair => IsFound(pair.One, pair.Other)).Select(pair => $"{Texts[pair.One].Title} | {Texts[pair.Other].Title}");

        Assert.True(strangers.Count > 2500);
        Assert.Empty(taken);
    }

    [Fact]
    public void The_same_words_in_another_order_with_other_numbers_and_places_are_the_same_wording()
    {
        var one = Printer.Read("低压电工证培训", "武汉报名只要380元，随到随学，老师面授");
        var other = Printer.Read("低压电工证培训", "成都报名只要520元，老师面授，随到随学");

        Assert.Equal(one.Digest, other.Digest);
        Assert.Equal(1, one.LikenessTo(other));
        Assert.Equal(one.Bands(), other.Bands());
    }

    [Fact]
    public void Is_read_back_as_it_was_written() => Assert.Equal(Prints[0].Words, WordPrint.FromBytes(Prints[0].ToBytes()).Words);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("380", "！！！")]
    public void A_text_without_words_is_like_nothing(string? title, string? text)
    {
        var print = Printer.Read(title, text);

        Assert.False(print.IsTelling);
        Assert.Empty(print.Bands());
        Assert.Equal(0, print.LikenessTo(print));
    }

    [Fact]
    public void Bytes_that_are_no_print_are_refused() => Assert.Throws<InvalidDataException>(() => WordPrint.FromBytes([1, 2, 3]));

    [Fact]
    public void Bands_find_what_is_near_and_pass_over_what_is_not()
    {
        var random = new Random(7);
        double Share(int common, int own)
        {
            var found = 0;
            for (var round = 0; round < 400; round++)
            {
                uint[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (uint)random.NextInt64(uint.MaxValue))];
                var shared = Some(common);
                found += new WordPrint([.. shared, .. Some(own)]).Bands().Intersect(new WordPrint([.. shared, .. Some(own)]).Bands()).Any() ? 1 : 0;
            }

            return found / 400.0;
        }

        Assert.InRange(Share(common: 60, own: 20), 0.98, 1);
        Assert.InRange(Share(common: 40, own: 20), 0.80, 0.95);
        Assert.InRange(Share(common: 10, own: 45), 0, 0.05);
    }

    private static bool IsFound(int one, int other) =>
        Prints[one].IsTelling && Prints[other].IsTelling
        && Prints[one].Bands().Intersect(Prints[other].Bands()).Any()
        && Prints[one].LikenessTo(Prints[other]) >= WordingIndex.Near;

    private static IEnumerable<(int One, int Other)> Pairs() =>
        Enumerable.Range(0, Texts.Length).SelectMany(one => Enumerable.Range(one + 1, Texts.Length - one - 1).Select(other => (one, other)));

    private sealed record FamilyText(string Family, string Variant, string Title, string Text);
}
