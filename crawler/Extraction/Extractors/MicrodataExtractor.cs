using Surveillance.Classifier;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Listings from microdata (<c>itemscope</c>, <c>itemprop</c>) in schema.org's words.</summary>
public sealed class MicrodataExtractor : IListingExtractor
{
    private const int MaxDepth = 8;

    public string Name => "microdata";

    public IReadOnlyList<Listing> Extract(DecodedPage page)
    {
        var found = new List<Listing>();
        if (page.IsBareJson || !page.Text.Contains("itemtype", StringComparison.OrdinalIgnoreCase))
        {
            return found;
        }

        for (var i = 0; i < page.Tree.Elements.Count;)
        {
            var element = page.Tree.Elements[i];
            if (element.Attribute("itemtype") is { } type && SchemaObjects.IsTold(type) && !page.Subject.Recommended.Holds(element))
            {
                var before = found.Count;
                SchemaObjects.Collect(Scope(element, 0), page, found);
                i = found.Count > before ? element.End : i + 1;
            }
            else
            {
                i++;
            }
        }

        return Asked(found, page);
    }

    /// <summary>Of a page about one thing that thing alone, when its headline is among the names.</summary>
    private static List<Listing> Asked(List<Listing> found, DecodedPage page) =>
        found.Count > 1 && page.Subject is { IsOneThing: true, Headline: { } headline } && found.Find(listing => listing.Title == headline.Text) is { } own ? [own] : found;

    /// <summary>The properties of a scope as JSON-LD would state them.</summary>
    private static LooseValue Scope(PageElement scope, int depth)
    {
        var type = scope.Attribute("itemtype") ?? "";
        var members = new List<KeyValuePair<string, LooseValue>> { new("@type", LooseValue.OfText(type[(type.LastIndexOf('/') + 1)..])) };
        for (var child = scope.Index + 1; child < scope.End;)
        {
            var element = scope.SelfAndDescendants[child - scope.Index];
            var inner = element.Node.Attributes["itemscope"] is not null;
            if (element.Attribute("itemprop") is { } name)
            {
                members.Add(new(name, inner && depth < MaxDepth ? Scope(element, depth + 1) : LooseValue.OfText(Value(element))));
            }

            child = inner ? element.End : child + 1;
        }

        return LooseValue.OfRecord(members);
    }

    private static string Value(PageElement element) =>
        element.Attribute("content") ?? (element.Tag switch
        {
            "a" or "link" => element.Attribute("href"),
            "img" or "source" => element.Attribute("src"),
            "time" => element.Attribute("datetime"),
            _ => null,
        }) ?? element.Text;
}
