using HtmlAgilityPack;

namespace Surveillance.Crawler.Extraction;

/// <summary>A page whose bytes have become text.</summary>
/// <param name="Url">Absolute; relative addresses are resolved against it (or against the page's base element).</param>
/// <param name="Charset">As decoded.</param>
/// <param name="Document">Parsed leniently, bounded in depth; empty where the page is bare JSON.</param>
public sealed record DecodedPage(Uri Url, string Charset, string Text, HtmlDocument Document);
