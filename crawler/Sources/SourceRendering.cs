namespace Surveillance.Crawler.Sources;

/// <summary>How a source's pages are rendered.</summary>
/// <param name="Scroll">How often to scroll to the end, for lists that grow while one reads.</param>
/// <param name="Wait">A CSS selector to wait for, so long as the page may settle; null waits for the network to fall silent.</param>
/// <param name="Block">Kinds of resources that are not asked for, as Chromium names them.</param>
public sealed record SourceRendering(int Scroll, string? Wait, IReadOnlyList<string> Block)
{
    /// <summary>What <see cref="Block"/> may name. Documents and scripts are what pages are made of.</summary>
    public static readonly IReadOnlyList<string> Blockable = ["image", "media", "font", "stylesheet"];

    public static SourceRendering Default { get; } = new(0, null, ["image", "media", "font"]);
}
