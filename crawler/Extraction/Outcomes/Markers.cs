using System.Buffers;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>The phrases by which pages say that they are not what was asked for, from <c>data/sites/markers.yaml</c>.</summary>
internal sealed class Markers
{
    public static Markers Default { get; } = EmbeddedYaml.Read<Markers>("markers.yaml");

    public MarkerSet Captcha { get; init; } = new();

    public MarkerSet Login { get; init; } = new();

    public MarkerSet Denied { get; init; } = new();

    public MarkerSet Interstitial { get; init; } = new();

    public MarkerSet Gone { get; init; } = new();

    public MarkerSet Empty { get; init; } = new();

    /// <summary>Headings of lists that stand in for an empty result.</summary>
    public List<string> Instead { get; init; } = [];
}

/// <summary>Phrases of one outcome.</summary>
internal sealed class MarkerSet
{
    private SearchValues<string>? _notices;

    /// <summary>Parts of a page's source that only such a page carries.</summary>
    public List<string> Widgets { get; init; } = [];

    /// <summary>Parts of a short visible block.</summary>
    public List<string> Notices { get; init; } = [];

    /// <summary>How the document's title begins.</summary>
    public List<string> Titles { get; init; } = [];

    public bool InSource(string source) => Widgets.Exists(widget => source.Contains(widget, StringComparison.Ordinal));

    public bool InNotice(ReadOnlySpan<char> notice)
    {
        _notices ??= SearchValues.Create([.. Notices], StringComparison.OrdinalIgnoreCase);
        return notice.ContainsAny(_notices);
    }

    /// <summary>A title that goes on in the same sentence (滑动验证码为什么失败) is about the matter, not the matter itself.</summary>
    public bool BeginsTitle(string title) => Titles.Exists(marker =>
        title.StartsWith(marker, StringComparison.OrdinalIgnoreCase)
        && (title.Length == marker.Length || char.IsAscii(marker[^1]) || title[marker.Length] is < '\u4E00' or > '\u9FFF'));
}
