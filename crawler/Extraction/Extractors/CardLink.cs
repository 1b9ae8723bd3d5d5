using System.Collections.Frozen;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Extractors;

/// <summary>Where a card leads: as printed, redirects included, and where they end when the page says so.</summary>
internal static class CardLink
{
    private static readonly FrozenDictionary<string, int> LinkAttributes = AttributeRanks.Of("data-href", "data-url", "data-link", "data-detail-url", "data-item-url", "data-target-url");
    private static readonly FrozenDictionary<string, int> LandingAttributes = AttributeRanks.Of("data-landurl", "e-landurl", "landurl", "data-landing", "data-landing-url", "data-lp", "data-mdurl", "data-dest", "mu", "data-real-url", "data-urlsign");

    private static readonly FrozenDictionary<string, int> RedirectAttributes = AttributeRanks.Of("data-rw", "data-redirect", "data-click-url");

    public static string? Of(PageElement block, PageElement title, DecodedPage page)
    {
        for (var element = title; element is not null && element.Index >= block.Index; element = element.Parent)
        {
            if (element.Tag == "a" && Address.Absolute(page.Base, element.Attribute("href")) is { } around)
            {
                return around;
            }
        }

        return FirstLink(title, page) ?? Dated(block, page) ?? FirstLink(block, page) ?? FirstOf(block, LinkAttributes, page) ?? FirstOf(block, LandingAttributes, page);
    }

    /// <summary>A post without a title is linked to by when it was written.</summary>
    private static string? Dated(PageElement block, DecodedPage page) =>
        block.SelfAndDescendants.FirstOrDefault(element => element.Tag == "a" && Moment.IsOne(element.TextSpan)) is { } link ? Address.Absolute(page.Base, link.Attribute("href")) : null;

    /// <returns>The host behind an ad's redirect; null where the page does not say it, or the link itself does.</returns>
    public static string? LandingHost(PageElement block, DecodedPage page)
    {
        var host = Address.Host(FirstOf(block, LandingAttributes, page));
        return host is not null && !host.EndsWith(page.Url.Host, StringComparison.OrdinalIgnoreCase) ? host : null;
    }

    /// <summary>Where an element's attributes say that it leads in the end, as printed; null where they do not.</summary>
    public static string? Landing(PageElement element) =>
        element.Attribute(LandingAttributes);

    /// <summary>The address that a script goes through before it leads there, as printed; null where an element names none.</summary>
    public static string? Redirect(PageElement element) => element.Attribute(RedirectAttributes);

    private static string? FirstLink(PageElement within, DecodedPage page)
    {
        foreach (var element in within.SelfAndDescendants)
        {
            if (element.Tag == "a" && Address.Absolute(page.Base, element.Attribute("href")) is { } address)
            {
                return address;
            }
        }

        return null;
    }

    private static string? FirstOf(PageElement block, FrozenDictionary<string, int> attributes, DecodedPage page)
    {
        foreach (var element in block.SelfAndDescendants)
        {
            if (element.Attribute(attributes, IsPath) is { } value && Address.Absolute(page.Base, value) is { } address)
            {
                return address;
            }
        }

        return null;
    }

    private static bool IsPath(string value) => value.Contains('/', StringComparison.Ordinal);
}
