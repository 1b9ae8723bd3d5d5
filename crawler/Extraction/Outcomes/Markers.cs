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

    /// <summary>Words of headlines that speak about a wall instead of being one.</summary>
    public List<string> About { get; init; } = [];

    /// <summary>What pages are called that explain.</summary>
    public List<string> Reference { get; init; } = [];

    /// <summary>The page carries a part that only a page in the way carries.</summary>
    public bool InSource(string source) => Captcha.InSource(source) || Login.InSource(source) || Denied.InSource(source) || Interstitial.InSource(source);

    public bool SpeaksAbout(string headline) => About.Exists(word => headline.Contains(word, StringComparison.Ordinal));

    public bool IsReference(string title) => Reference.Exists(word => title.Contains(word, StringComparison.Ordinal));
}

/// <summary>Phrases of one outcome.</summary>
internal sealed class MarkerSet
{
    private Phrases? _notices;
    private Phrases? _words;
    private SearchValues<string>? _widgets;

    /// <summary>Parts of a page's source that only such a page carries.</summary>
    public List<string> Widgets { get; init; } = [];

    /// <summary>Parts of a short visible block; see <see cref="Phrases"/>.</summary>
    public List<string> Notices { get; init; } = [];

    /// <summary>How the document's title begins.</summary>
    public List<string> Titles { get; init; } = [];

    /// <summary>Single words, which count only where next to nothing else is said.</summary>
    public List<string> Words { get; init; } = [];

    /// <summary>A notice with one of these is no message of this kind.</summary>
    public List<string> Except { get; init; } = [];

    /// <summary>Notices that count only where nothing else is said.</summary>
    public List<string> Weak { get; init; } = [];

    /// <summary>Headers that only such an answer carries, as <c>name: value</c>.</summary>
    public List<string> Headers { get; init; } = [];

    public bool InHeaders(string headers) => Headers.Exists(header => headers.Contains(header, StringComparison.OrdinalIgnoreCase));

    public bool InWords(ReadOnlySpan<char> notice) => (_words ??= new Phrases(Words)).In(notice) && !IsExcepted(notice);

    public bool InSource(string source) => source.AsSpan().ContainsAny(_widgets ??= SearchValues.Create([.. Widgets], StringComparison.Ordinal));

    /// <param name="notice">Without white space.</param>
    public bool InNotice(ReadOnlySpan<char> notice) => (_notices ??= new Phrases(Notices)).In(notice) && !IsExcepted(notice);

    private bool IsExcepted(ReadOnlySpan<char> notice)
    {
        foreach (var word in Except)
        {
            if (notice.Contains(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    public bool IsWeak(string notice) => Weak.Exists(weak => notice.Contains(weak, StringComparison.Ordinal));

    /// <summary>A title that goes on in the same sentence (滑动验证码为什么失败) is about the matter, not the matter itself.</summary>
    public bool BeginsTitle(string title) => Titles.Exists(marker =>
        title.StartsWith(marker, StringComparison.OrdinalIgnoreCase)
        && (char.IsAsciiDigit(marker.TrimEnd()[^1]) ? IsNumberOfError(title[marker.Length..])
            : title.Length == marker.Length || char.IsAscii(marker[^1]) || !IsChinese(title[marker.Length])));

    /// <summary>A number counts or names something (404 不锈钢水壶) unless it stands alone or before words of this kind.</summary>
    private bool IsNumberOfError(string rest)
    {
        var plain = string.Concat(rest.Where(c => !char.IsWhiteSpace(c)));
        return plain.Length == 0 || !(IsChinese(plain[0]) || char.IsAsciiDigit(plain[0])) || InNotice(plain) || InWords(plain) || Titles.Exists(title => plain.StartsWith(title, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsChinese(char c) => c is >= '\u4E00' and <= '\u9FFF';
}

/// <summary>Phrases with gaps: <c>*</c> stands for up to 14 characters of the same sentence. White space and case do not count.</summary>
internal sealed class Phrases
{
    private const int LongestGap = 14;

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。！!？?;；");

    private readonly SearchValues<string> _whole;
    private readonly SearchValues<string> _heads;
    private readonly List<string[]> _gapped;

    public Phrases(IEnumerable<string> phrases)
    {
        var parts = phrases
            .Select(phrase => string.Concat(phrase.Where(c => !char.IsWhiteSpace(c))).Split('*', StringSplitOptions.RemoveEmptyEntries))
            .ToList();
        _whole = SearchValues.Create([.. parts.Where(part => part.Length == 1).Select(part => part[0])], StringComparison.OrdinalIgnoreCase);
        _gapped = parts.FindAll(part => part.Length > 1);
        _heads = SearchValues.Create([.. _gapped.Select(part => part[0]).Distinct(StringComparer.Ordinal)], StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="text">Without white space.</param>
    public bool In(ReadOnlySpan<char> text)
    {
        if (text.ContainsAny(_whole))
        {
            return true;
        }

        if (text.ContainsAny(_heads))
        {
            foreach (var parts in _gapped)
            {
                if (Holds(text, parts))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Holds(ReadOnlySpan<char> text, string[] parts)
    {
        for (var start = 0; ;)
        {
            var at = text[start..].IndexOf(parts[0], StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                return false;
            }

            start += at + parts[0].Length;
            if (Continues(text[start..], parts))
            {
                return true;
            }
        }
    }

    private static bool Continues(ReadOnlySpan<char> rest, string[] parts)
    {
        foreach (var part in parts.AsSpan(1))
        {
            var at = rest[..Math.Min(rest.Length, LongestGap + part.Length)].IndexOf(part, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || rest[..at].ContainsAny(SentenceEnds))
            {
                return false;
            }

            rest = rest[(at + part.Length)..];
        }

        return true;
    }
}
