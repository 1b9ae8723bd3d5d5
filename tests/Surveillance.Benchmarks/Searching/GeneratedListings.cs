using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Classifier;

namespace Surveillance.Benchmarks.Searching;

/// <summary>Listings as a store holds them after a year of crawling, each made of its number alone, so that every engine gets the same ones. Thread safe.</summary>
/// <remarks>
/// Eight in a hundred are leads. Titles and texts go through the real normaliser, units and segmenter; decisions, findings and states are drawn, not assessed.
/// </remarks>
internal sealed class GeneratedListings(DocumentText documentText, CommonWords words)
{
    private const string RulesVersion = "bench";
    private const int Sellers = 50_000;
    private const int Days = 180;

    private static readonly DateTimeOffset Newest = new(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, (string Law, string Article)> Basis = new(StringComparer.Ordinal)
    {
        ["fake-certificate"] = ("中华人民共和国治安管理处罚法", "63"),
        ["restricted-item"] = ("中华人民共和国电子商务法", "38"),
        ["exam-bypass"] = ("中华人民共和国安全生产法", "30"),
    };

    /// <summary>Some documents at a time; made on all cores while the caller waits.</summary>
    public IEnumerable<IReadOnlyList<IndexDocument>> Make(int count, int atOnce)
    {
        for (var first = 0; first < count; first += atOnce)
        {
            var some = new IndexDocument[Math.Min(atOnce, count - first)];
            var from = first;
            Parallel.For(0, some.Length, () => new ListingText(words), (place, _, text) => WithText(text, from + place, out some[place]), _ => { });
            yield return some;
        }
    }

    /// <summary>One of them.</summary>
    public IndexDocument Make(int number)
    {
        WithText(new ListingText(words), number, out var document);
        return document;
    }

    private ListingText WithText(ListingText text, int number, out IndexDocument document)
    {
        var draw = new Draw((ulong)number * 7919);
        var id = draw.Bits();
        var kind = draw.Share();
        var (region, city) = Wording.Cities[draw.Ranked(Wording.Cities.Length)];
        var (wording, decision) = kind switch
        {
            < 0.05 => (ListingKindWording.Offer, Decision.Flag),
            < 0.08 => (ListingKindWording.Offer, Decision.Review),
            < 0.30 => (ListingKindWording.Course, Decision.Clear),
            < 0.40 => (ListingKindWording.Job, Decision.Clear),
            _ => (ListingKindWording.Goods, Decision.Clear),
        };
        text.Write(ref draw, wording, city);
        var (grams, words) = documentText.Of(text.Title, text.Text, withWords: true);
        document = Stated(ref draw, number, id, text) with { Location = $"{region} {city}", Region = region, Decision = decision, Grams = grams, Words = words };
        document = Assessed(ref draw, document, text);
        return text;
    }

    /// <summary>What the page says.</summary>
    private static IndexDocument Stated(ref Draw draw, int number, ulong id, ListingText text)
    {
        var platform = Wording.Platforms[draw.Ranked(Wording.Platforms.Length)];
        var lastSeen = Newest.AddMilliseconds(-draw.Share() * Days * 86_400_000);
        var itemId = string.Create(CultureInfo.InvariantCulture, $"{700_000_000_000L + number}");
        return new IndexDocument
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{id:x16}{number & 0xffff:x4}"),
            Version = number + 1,
            Platform = platform,
            ItemId = itemId,
            Url = $"https://market.example/item?id={itemId}",
            Kind = "listing",
            Source = "bench",
            Seller = string.Create(CultureInfo.InvariantCulture, $"卖家{draw.Ranked(Sellers)}"),
            Price = draw.Chance(0.95) ? Math.Round(Math.Exp((draw.Share() * 6) + 2)) : null,
            Currency = "CNY",
            Items = text.Item is not null && Wording.Filed.TryGetValue(text.Item, out var item) ? [item] : [],
            Decision = Decision.Clear,
            Risk = 0,
            RulesVersion = RulesVersion,
            Capture = string.Create(CultureInfo.InvariantCulture, $"{id:x16}{id * 31:x16}{id * 37:x16}{id * 41:x16}"),
            CapturedAt = Milliseconds(lastSeen),
            FirstSeen = Milliseconds(lastSeen.AddMilliseconds(-draw.Share() * draw.Share() * Days * 86_400_000)),
            LastSeen = Milliseconds(lastSeen),
            Title = text.Title,
            Text = text.Text,
            Contacts = text.Contact is { } contact ? [new IndexedContact("wechat", contact)] : [],
        };
    }

    /// <summary>What is thought of it.</summary>
    private static IndexDocument Assessed(ref Draw draw, IndexDocument document, ListingText text)
    {
        if (document.Decision == Decision.Clear)
        {
            // Some that an officer decided on, or that looked unlawful once.
            return draw.Chance(0.995) ? document : document with { State = draw.Chance(0.5) ? "new" : "rejected", Risk = Risk(draw.Share() * 0.3) };
        }

        var risk = Risk(document.Decision == Decision.Flag ? 0.8 + (0.2 * draw.Share()) : 0.4 + (0.4 * draw.Share()));
        var promise = text.Promise ?? draw.Of(Wording.Promises);
        var findings = new List<IndexedFinding> { Finding(promise, risk) };
        if (draw.Of(Wording.Promises) is var second && second.Type != promise.Type && draw.Chance(0.4))
        {
            findings.Add(Finding(second, Risk(risk * 0.9)));
        }

        return document with { Findings = findings, Risk = risk, State = draw.Share() switch { < 0.7 => "new", < 0.85 => "confirmed", _ => "rejected" } };
    }

    private static IndexedFinding Finding((string Said, string Type) promise, double score)
    {
        var (law, article) = Basis.GetValueOrDefault(promise.Type, ("中华人民共和国广告法", "24"));
        return new IndexedFinding(promise.Type, $"{promise.Type}.bench", score, ["rule", "model"], promise.Said, promise.Said, law, article);
    }

    private static double Risk(double value) => Math.Round(value, 4);

    private static DateTimeOffset Milliseconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeMilliseconds(time.ToUnixTimeMilliseconds());
}
