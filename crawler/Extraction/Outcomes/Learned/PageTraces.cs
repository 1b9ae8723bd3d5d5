using System.Globalization;
using System.Net;
using HtmlAgilityPack;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>What of a page may tell its ending: its words by where they stand, the names in its markup, its shape, its status.</summary>
internal sealed class PageTraces
{
    private const int MostNotices = 60;
    private const int MostElements = 1_500;
    private const int LongestScript = 20_000;
    private const int ShortestItem = 6;

    private readonly HashSet<string> _traces = new(StringComparer.Ordinal);
    private readonly GramReader _grams;

    private PageTraces() => _grams = new GramReader(_traces);

    /// <param name="said">What its phrases say it is.</param>
    /// <param name="status">HTTP status, 200 for files.</param>
    /// <returns>Distinct, in no order; those that begin with # are of the shape.</returns>
    public static IReadOnlySet<string> Of(DecodedPage page, PageVoice voice, Ending said, int status)
    {
        var traces = new PageTraces();
        traces.Add("status", status);
        traces.Add("said", (int)said);
        traces.ReadAddress(page.Url);
        if (page.IsBareJson)
        {
            traces.ReadJson(page);
        }
        else
        {
            traces.ReadMarkup(page, voice);
        }

        return traces._traces;
    }

    private void Add(string name, int value) => _traces.Add(string.Create(CultureInfo.InvariantCulture, $"#{name}={value}"));

    private void AddSize(string name, int count) => Add(name, count <= 3 ? count : 2 + (int)Math.Log2(count));

    private void ReadAddress(Uri url)
    {
        _traces.Add(UrlKind.IsSearch(url) ? "#asks=search" : UrlKind.IsLogin(url) ? "#asks=login" : UrlKind.IsDetail(url) ? "#asks=item" : "#asks=other");
    }

    private void ReadJson(DecodedPage page)
    {
        var voice = JsonVoice.Of(page);
        Add("json", 1);
        _traces.Add($"#code={voice.Code}");
        foreach (var said in voice.Said)
        {
            _grams.Read('j', said);
        }
    }

    private void ReadMarkup(DecodedPage page, PageVoice voice)
    {
        _grams.Read('t', page.Head.Title);
        foreach (var notice in voice.Notices.Take(MostNotices))
        {
            _grams.Read(notice.IsBeside ? 'r' : 'n', notice.Text, isShared: !notice.IsBeside);
        }

        var frameEnd = 0;
        foreach (var element in page.Tree.Elements.Take(MostElements))
        {
            frameEnd = element.Index >= frameEnd && PageVoice.IsFrame(element, page.Tree.Root) ? element.End : frameEnd;
            if (element.Index >= frameEnd)
            {
                ReadElement(element);
            }
        }

        foreach (var node in page.Document.DocumentNode.Descendants().Where(node => node.Name is "script" or "noscript" or "iframe" or "canvas" or "svg" or "meta").Take(MostElements))
        {
            ReadSilent(node);
        }

        ReadShape(page, voice);
    }

    private void ReadElement(PageElement element)
    {
        switch (element.Tag)
        {
            case "h1" or "h2" or "h3" or "h4":
                _grams.Read('h', element.TextSpan);
                break;
            case "button":
                _grams.Read('b', element.TextSpan);
                break;
            case "a":
                _grams.Read('l', element.TextSpan, isShared: false);
                break;
            case "label" or "legend" or "option" or "summary":
                _grams.Read('p', element.TextSpan);
                break;
        }

        if (element.Hidden && element.Parent is not { Hidden: true })
        {
            _grams.Read('x', element.TextSpan);
        }

        _grams.Read(element.Tag == "input" && element.Attribute("type") is "submit" or "button" ? 'b' : 'p', element.Attribute("value"));
        _grams.Read('p', element.Attribute("placeholder"));
        foreach (var name in (ReadOnlySpan<string>)["alt", "title", "aria-label"])
        {
            _grams.Read('a', element.Attribute(name));
        }

        if (element.Tag is "input" or "form" or "textarea" or "select" or "img" or "label" or "button")
        {
            Add(element.Tag == "input" ? $"input {element.Attribute("type")?.ToLowerInvariant() ?? "text"}" : element.Tag, 1);
        }

        ReadNames(element.Node);
    }

    /// <summary>What those who made the page call its parts.</summary>
    private void ReadNames(HtmlNode node)
    {
        foreach (var attribute in node.Attributes)
        {
            if (attribute.Name is "class" or "id" or "name" or "action" or "src" or "onclick" or "http-equiv" || (attribute.Name is "href" && node.Name == "a") || attribute.Name.StartsWith("data-", StringComparison.Ordinal))
            {
                foreach (var word in Words(attribute.Value))
                {
                    _traces.Add($"c:{word}");
                }
            }
        }
    }

    private static IEnumerable<string> Words(string? value)
    {
        const int Shortest = 2, Longest = 20, Most = 12;
        value ??= "";
        var start = 0;
        var found = 0;
        for (var at = 0; at <= value.Length && found < Most; at++)
        {
            var ends = at == value.Length || !char.IsAsciiLetter(value[at]) || (char.IsAsciiLetterUpper(value[at]) && at > start && char.IsAsciiLetterLower(value[at - 1]));
            if (!ends)
            {
                continue;
            }

            if (at - start is >= Shortest and <= Longest)
            {
                found++;
                yield return value[start..at].ToLowerInvariant();
            }

            start = at < value.Length && char.IsAsciiLetter(value[at]) ? at : at + 1;
        }
    }

    private void ReadSilent(HtmlNode node)
    {
        switch (node.Name)
        {
            case "noscript":
                _grams.Read('s', WebUtility.HtmlDecode(node.InnerText));
                break;
            case "meta" when string.Equals(node.GetAttributeValue("http-equiv", ""), "refresh", StringComparison.OrdinalIgnoreCase):
                Add("refresh", 1);
                break;
            case "script":
                var script = node.InnerText;
                ReadScript(script.AsSpan(0, Math.Min(LongestScript, script.Length)));
                break;
            case "iframe" or "canvas" or "svg":
                Add(node.Name, 1);
                break;
        }

        if (node.Name != "meta")
        {
            ReadNames(node);
        }
    }

    private void ReadScript(ReadOnlySpan<char> script)
    {
        foreach (var sign in (ReadOnlySpan<string>)["location.reload", "location.href", "location.replace", "document.cookie", "setTimeout", "setInterval", "navigator.webdriver", ".submit(", "fetch(", "XMLHttpRequest", "localStorage", "history.back"])
        {
            if (script.Contains(sign, StringComparison.Ordinal))
            {
                Add(sign, 1);
            }
        }

        // What a script says in Chinese it shows to somebody.
        foreach (var part in script.SplitAny('"', '\'', '`', '<', '>'))
        {
            if (script[part] is { Length: < 200 } said && said.IndexOfAnyInRange('\u4E00', '\u9FFF') >= 0)
            {
                _grams.Read('q', said);
            }
        }
    }

    private void ReadShape(DecodedPage page, PageVoice voice)
    {
        AddSize("chars", voice.MainChars / 8);
        AddSize("prose", page.Subject.Prose.Length / 20);
        AddSize("notices", voice.Notices.Count(notice => !notice.IsBeside));
        AddSize("longest", voice.Notices.Where(notice => !notice.IsBeside).Select(notice => notice.Text.Length).DefaultIfEmpty().Max() / 5);
        AddSize("figures", voice.Notices.Count(notice => !notice.IsBeside && notice.Text.AsSpan().ContainsAnyInRange('0', '9')));
        AddSize("items", page.Tree.Elements.Count(element => element is { Tag: "li", Hidden: false, TextLength: >= ShortestItem } && element.LinkChars * 2 < element.TextLength));
        AddSize("records", OwnMatter.RowsOfRecord(page));
        AddSize("sentences", page.Tree.Text.AsSpan().Count('。') + page.Tree.Text.AsSpan().Count('；'));
        AddSize("numbers", CountNumbers(page.Tree.Text));
        AddSize("links", page.Tree.Elements.Count(element => element.Tag == "a"));
        AddSize("fields", voice.TextFields);
        AddSize("cards", page.Subject.Cards.Count);
        Add("password", voice.AsksPassword ? 1 : 0);
        Add("code", voice.ShowsCode ? 1 : 0);
        Add("answers", voice.Asks ? 1 : 0);
        Add("pictures", voice.HasPictures ? 1 : 0);
        Add("headline", page.Subject.Headline is null ? 0 : page.Subject.Headline.IsConfirmed ? 2 : 1);
        Add("price", page.Tree.Text.AsSpan().IndexOfAny("¥￥元") >= 0 ? 1 : 0);
        Add("reloads", PageRedirect.Reloads(page) ? 1 : 0);
        Add("redirects", PageRedirect.Of(page) is null ? 0 : 1);
    }

    private static int CountNumbers(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = 0; at < text.Length; at++)
        {
            count += char.IsAsciiDigit(text[at]) && (at == 0 || !char.IsAsciiDigit(text[at - 1])) ? 1 : 0;
        }

        return count;
    }
}
