using System.Globalization;
using System.Text.RegularExpressions;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Crawler.Extraction.Json;

/// <summary>Makes a listing of a JSON object.</summary>
internal static partial class RecordReader
{
    private const int MaxImages = 50;

    /// <returns>Null where the object holds nothing that could be a title.</returns>
    public static Listing? Read(RecordFields fields, DecodedPage page, bool amountsInFen)
    {
        var title = PlainText.FromMarkup(fields[Field.Title]?.Scalar);
        if (title is null)
        {
            return null;
        }

        var url = Address.Absolute(page.Base, fields[Field.Url]?.Scalar);
        var text = fields.NameOf(Field.Text) == fields.NameOf(Field.Title) ? null : PlainText.FromMarkup(fields[Field.Text]?.Scalar, PlainText.MaxText);
        var price = PriceOf(fields, amountsInFen) ?? Price.Offered(title) ?? Price.Offered(text);
        return new Listing
        {
            Id = fields[Field.Id]?.Scalar ?? ItemId.OfUrl(url),
            Platform = page.Site?.Platform,
            Kind = fields[Field.Ad] is not null || page.Sites.IsAdLink(url) ? ListingKind.Ad : ListingKind.Listing,
            Title = title,
            Text = text == title ? null : text,
            Price = price?.Low,
            PriceMax = price?.High,
            PriceText = price?.Text,
            Currency = price is null ? null : "CNY",
            Seller = PlainText.FromMarkup(fields[Field.Seller]?.Scalar, 60),
            Location = PlainText.FromMarkup(fields[Field.Location]?.Scalar, 60),
            Url = url,
            Images = Images(fields[Field.Image], page),
        };
    }

    /// <summary>True where amounts are in 分: the site is known to count so, or the page prints them in yuan.</summary>
    public static bool AreInFen(IReadOnlyList<RecordFields> records, DecodedPage page) =>
        ((page.Site?.AmountsInFen == true || SayYuanThemselves(records)) && AllWholeNumbers(records)) || (!page.IsBareJson && (ArePrintedInYuan(records, page.Tree.Text) || IsDividedInTemplate(page.Tree.Text)) && AllWholeNumbers(records));

    /// <summary>Records name the same amount twice, once as a text with a point: 16800 and "168.00".</summary>
    private static bool SayYuanThemselves(IReadOnlyList<RecordFields> records)
    {
        var (twice, all) = (0, 0);
        foreach (var record in records)
        {
            if (record[Field.Price] is { Kind: LooseKind.Number } price && decimal.TryParse(price.Scalar, CultureInfo.InvariantCulture, out var amount) && amount >= 100)
            {
                var yuan = (amount / 100).ToString("0.00", CultureInfo.InvariantCulture);
                all++;
                twice += record.Record.Members.Any(member => member.Value.Kind == LooseKind.Text && member.Value.Scalar == yuan) ? 1 : 0;
            }
        }

        return all > 0 && twice * 2 > all;
    }

    /// <summary>A template that nobody filled in says what is done with an amount: <c>{{ price / 100 }}</c>.</summary>
    private static bool IsDividedInTemplate(string text) => text.Contains("{{", StringComparison.Ordinal) && Divided().IsMatch(text);

    [GeneratedRegex(@"\{\{[^}]{0,80}(price|amount|fee)[^}]{0,20}/ ?100", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Divided();

    /// <summary>Nearly every amount is on the page divided by a hundred, and none of them as it is.</summary>
    private static bool ArePrintedInYuan(IReadOnlyList<RecordFields> records, string text)
    {
        var (divided, all) = (0, 0);
        foreach (var record in records)
        {
            if (record[Field.Price] is not { Kind: LooseKind.Number } price || !decimal.TryParse(price.Scalar, CultureInfo.InvariantCulture, out var amount) || amount < 100)
            {
                continue;
            }

            if (text.Contains(price.Scalar, StringComparison.Ordinal))
            {
                return false;
            }

            all++;
            var yuan = (amount / 100).ToString("0.##", CultureInfo.InvariantCulture);
            divided += text.Contains("¥" + yuan, StringComparison.Ordinal) || text.Contains("￥" + yuan, StringComparison.Ordinal) ? 1 : 0;
        }

        return all > 0 && divided * 10 >= all * 8;
    }

    /// <summary>True where every amount of a list is a whole JSON number, as amounts in 分 are; texts such as "7.9" are yuan.</summary>
    private static bool AllWholeNumbers(IEnumerable<RecordFields> records)
    {
        var any = false;
        foreach (var record in records)
        {
            if (record[Field.Price] is { } price)
            {
                any = true;
                if (price.Kind != LooseKind.Number || price.Scalar.Contains('.', StringComparison.Ordinal))
                {
                    return false;
                }
            }
        }

        return any;
    }

    private static Price? PriceOf(RecordFields fields, bool amountsInFen)
    {
        if (fields[Field.Price] is not { } value)
        {
            return null;
        }

        var printed = RecordFields.IsFragments(value) ? string.Concat(value.Items.Select(item => item["text"].Scalar)) : value.Scalar;
        var price = Price.Stated(PlainText.FromMarkup(printed, 60));
        var name = fields.NameOf(Field.Price);
        var fen = value.Kind == LooseKind.Number && (amountsInFen || fields.SaysFen || name.EndsWith("fen", StringComparison.Ordinal) || name.EndsWith("cent", StringComparison.Ordinal));
        return price is null ? null
            : fen ? price with { Low = price.Low / 100, High = price.High / 100, Text = $"{price.Low / 100:0.00}" }
            : value.Kind == LooseKind.Number && name.EndsWith("wan", StringComparison.Ordinal) ? price with { Low = price.Low * 10_000, Text = price.Text + "万" } : price;
    }

    private static List<string> Images(LooseValue? value, DecodedPage page)
    {
        var found = new List<string>();
        if (value is not null)
        {
            Collect(value, 0);
        }

        return found;

        void Collect(LooseValue from, int depth)
        {
            if (found.Count >= MaxImages || depth > 3)
            {
                return;
            }

            if (from.Kind == LooseKind.Text && Address.Absolute(page.Base, from.Scalar) is { } address && !found.Contains(address)
                && (from.Scalar.Contains('/', StringComparison.Ordinal)))
            {
                found.Add(address);
            }

            foreach (var item in from.Items)
            {
                Collect(item, depth + 1);
            }

            foreach (var member in from.Members)
            {
                Collect(member.Value, depth + 1);
            }
        }
    }
}
