using System.Globalization;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

/// <summary>Written pages of many kinds of site against what a reader sees on them: <c>expected.jsonl</c> has one line a page.</summary>
public sealed class SitePagesTests
{
    public static TheoryData<string, string> Pages => [.. new[] { "Sites", "SitesUnseen" }.SelectMany(folder =>
        WrittenPages.Lines($"{folder}/expected.jsonl").Select(line => new TheoryDataRow<string, string>(folder, JsonDocument.Parse(line).RootElement.GetProperty("file").GetString()!)))];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Says_what_a_reader_sees(string folder, string file)
    {
        var expected = WrittenPages.Lines($"{folder}/expected.jsonl").Select(line => JsonDocument.Parse(line).RootElement).First(page => Text(page, "file") == file);
        var content = PageReader.CreateDefault().Read(WrittenPages.Bytes($"{folder}/{file}"), new Uri(Text(expected, "url")!), Text(expected, "content_type"));

        List<string> wrong = [];
        foreach (var member in expected.EnumerateObject().Where(member => member.Name is "kind" or "count" or "total" or "charset"))
        {
            Compare(member, PageValue(content, member.Name), file, wrong);
        }

        foreach (var listing in expected.GetProperty("listings").EnumerateArray())
        {
            var found = content.Listings.FirstOrDefault(found => found.Title == Text(listing, "title"));
            foreach (var member in listing.EnumerateObject())
            {
                Compare(member, found is null ? null : ListingValue(found, member), Text(listing, "title")!, wrong);
            }
        }

        Assert.Empty(wrong);
    }

    private static void Compare(JsonProperty expected, string? found, string where, List<string> wrong)
    {
        var value = expected.Value.ValueKind == JsonValueKind.Null ? null : expected.Value.ToString();
        if (found != value)
        {
            wrong.Add($"{where}: {expected.Name} should be {value ?? "null"}, was {found ?? "null"}");
        }
    }

    private static string? PageValue(PageContent content, string name) => name switch
    {
        "kind" => content.PageKind.ToString().ToLowerInvariant(),
        "count" => content.Listings.Count.ToString(CultureInfo.InvariantCulture),
        "total" => content.Total?.ToString(CultureInfo.InvariantCulture),
        _ => content.Charset,
    };

    private static string? ListingValue(Listing listing, JsonProperty member) => member.Name switch
    {
        "title" => listing.Title,
        "text_has" => listing.Text?.Contains(member.Value.GetString()!, StringComparison.Ordinal) == true ? member.Value.GetString() : listing.Text,
        "text_lacks" => listing.Text?.Contains(member.Value.GetString()!, StringComparison.Ordinal) == true ? "in the text" : member.Value.GetString(),
        "images" => string.Join(' ', listing.Images),
        "contacts" => string.Join(' ', listing.Contacts.Select(contact => $"{contact.Kind}:{contact.Value}")),
        "kind" => listing.Kind.ToString().ToLowerInvariant(),
        "price" => listing.Price?.ToString("0.##", CultureInfo.InvariantCulture),
        "price_max" => listing.PriceMax?.ToString("0.##", CultureInfo.InvariantCulture),
        "seller" => listing.Seller,
        "location" => listing.Location,
        "url" => listing.Url,
        "id" => listing.Id,
        "publisher" => listing.Publisher,
        _ => throw new InvalidDataException($"expected.jsonl names a field {member.Name}, which no listing has."),
    };

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}
