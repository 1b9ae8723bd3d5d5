using HtmlAgilityPack;
using Surveillance.Crawler.Extraction.Extractors;
using Surveillance.Crawler.Extraction.Json;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sites;

namespace Surveillance.Crawler.Extraction;

/// <summary>A page whose bytes have become text.</summary>
/// <remarks>Not thread safe: what several extractors need is worked out once, when first asked for.</remarks>
/// <param name="Url">Absolute; relative addresses are resolved against it (or against the page's base element).</param>
/// <param name="Charset">As decoded.</param>
/// <param name="Document">Parsed leniently, bounded in depth; empty where the page is bare JSON.</param>
public sealed record DecodedPage(Uri Url, string Charset, string Text, HtmlDocument Document)
{
    private PageTree? _tree;
    private PageHead? _head;
    private PageSubject? _subject;
    private IReadOnlySet<int>? _otherCards;
    private IReadOnlyList<PageElement>? _ownElements;
    private IReadOnlyList<LooseValue>? _documents;

    /// <summary>What relative addresses are resolved against.</summary>
    internal Uri Base => Head.Base;

    internal PageTree Tree => _tree ??= PageTree.Of(Document);

    internal PageHead Head => _head ??= PageHead.Of(this);

    internal PageSubject Subject => _subject ??= PageSubject.Of(this);

    /// <inheritdoc cref="Utterance.Others"/>
    internal IReadOnlySet<int> OtherCards => _otherCards ??= Utterance.Others(this);

    /// <inheritdoc cref="OwnFields.Elements"/>
    internal IReadOnlyList<PageElement> OwnElements => _ownElements ??= OwnFields.Walk(this);

    /// <summary>What is known of the site beforehand, null for most.</summary>
    internal Site? Site => Sites.Of(Url);

    internal SiteCatalog Sites { get; init; } = SiteCatalog.BuiltIn;

    internal bool IsBareJson { get; } = JsonIslands.IsBareBody(Text);

    /// <summary>The JSON documents of the page, JSON-LD left out, in page order.</summary>
    internal IReadOnlyList<LooseValue> JsonDocuments => _documents ??= IsBareJson ? JsonIslands.OfBody(Text) : [.. JsonIslands.OfScripts(Document), .. ShippedState.Of(this)];
}
