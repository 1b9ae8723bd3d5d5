using HtmlAgilityPack;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>One element of a <see cref="PageTree"/>; its text is a slice of the tree's.</summary>
/// <param name="shipped">A script will show it elsewhere, so that its parent's being hidden says nothing.</param>
internal sealed class PageElement(PageTree tree, HtmlNode node, int index, PageElement? parent, bool shipped = false)
{
    private ClassMeanings? _meanings;
    private bool? _holdsBlocks;

    public HtmlNode Node { get; } = node;

    /// <summary>Its place in document order.</summary>
    public int Index { get; } = index;

    public PageElement? Parent { get; } = parent;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>In lower case.</summary>
    public string Tag { get; } = node.Name;

    /// <summary>The class attribute as written; empty without one.</summary>
    public string Class { get; } = node.HasAttributes ? node.Attributes["class"]?.Value ?? "" : "";

    /// <summary>The id attribute as written; empty without one.</summary>
    public string Id { get; } = node.HasAttributes ? node.Attributes["id"]?.Value ?? "" : "";

    /// <summary>What its names tell of it.</summary>
    public ClassMeanings Meanings => _meanings ??= !Node.HasAttributes ? ClassMeanings.None : ClassWords.Of(Class) | ClassWords.Of(Id) | ClassWords.Of(Node.Attributes["data-e2e"]?.Value) | ClassWords.Of(Node.Attributes["role"]?.Value is "heading" ? "heading" : null);

    /// <summary>Not shown: by its own or an ancestor's hidden attribute or <c>display:none</c>.</summary>
    public bool Hidden { get; } = (!shipped && (parent?.Hidden ?? false)) || IsHidden(node);

    /// <summary>Itself or an ancestor is a link.</summary>
    public bool InLink { get; } = (parent?.InLink ?? false) || node.Name == "a";

    public int TextStart { get; set; }

    public int TextEnd { get; set; }

    /// <summary>One past the last descendant's index.</summary>
    public int End { get; set; }

    /// <summary>Characters of its text that are the text of links.</summary>
    public int LinkChars { get; set; }

    /// <summary>Where its parent's elements continue; null at the end.</summary>
    public PageElement? NextSibling => Parent is not null && End < Parent.End ? tree.Elements[End] : null;

    public PageElement? FirstChild => Index + 1 < End ? tree.Elements[Index + 1] : null;

    public int TextLength => TextEnd - TextStart;

    /// <summary>All visible text inside, entities decoded, white space collapsed, blocks on lines of their own.</summary>
    public string Text => TextSpan.ToString();

    public ReadOnlySpan<char> TextSpan => tree.Text.AsSpan(TextStart, TextEnd - TextStart).Trim();

    /// <summary>What stands before it on its line, at most so many characters.</summary>
    public ReadOnlySpan<char> Before(int most) => BeforeOffset(TextStart, most);

    /// <summary>The same for a place in it.</summary>
    /// <param name="offset">In the page's text.</param>
    public ReadOnlySpan<char> BeforeOffset(int offset, int most)
    {
        var before = tree.Text.AsSpan(Math.Max(0, offset - most), Math.Min(most, offset));
        return before[(before.LastIndexOf('\n') + 1)..];
    }

    /// <summary>Text touches it on its line, without a gap or a sign between.</summary>
    public bool RunsOn => (TextStart > 0 && IsWord(tree.Text[TextStart - 1])) || (TextEnd < tree.Text.Length && IsWord(tree.Text[TextEnd]));

    /// <summary>The page's text between two offsets.</summary>
    public ReadOnlySpan<char> Between(int start, int end) => tree.Text.AsSpan(start, end - start).Trim();

    /// <summary>The text between it and what follows in its parent.</summary>
    public ReadOnlySpan<char> After => Parent is null ? default : tree.Text.AsSpan(TextEnd, Math.Max(0, (NextSibling?.TextStart ?? Parent.TextEnd) - TextEnd)).Trim();

    /// <summary>Something inside stands on lines of its own.</summary>
    public bool HoldsBlocks => _holdsBlocks ??= Children.Any(child => child.Tag != "br" && !PageTreeBuilder.IsInline(child.Tag));

    public IEnumerable<PageElement> Children
    {
        get
        {
            for (var child = FirstChild; child is not null; child = child.NextSibling)
            {
                yield return child;
            }
        }
    }

    /// <summary>Itself and everything inside, in document order.</summary>
    public ArraySegment<PageElement> SelfAndDescendants => new(tree.ElementArray, Index, End - Index);

    public bool Contains(PageElement other) => other.Index >= Index && other.Index < End;

    /// <returns>The decoded value, trimmed; null where the attribute is missing or blank.</returns>
    public string? Attribute(string name)
    {
        var value = Node.HasAttributes ? Node.Attributes[name]?.Value : null;
        if (string.IsNullOrWhiteSpace(value))
        {
            return null;
        }

        return (value.Contains('&', StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(value) : value).Trim();
    }

    /// <param name="ranks">Attribute names in lower case, best lowest.</param>
    /// <returns>The decoded value of the best attribute that is present, not blank and accepted; null without one.</returns>
    public string? Attribute(System.Collections.Frozen.FrozenDictionary<string, int> ranks, Func<string, bool>? accept = null)
    {
        var (best, bestRank) = ((string?)null, int.MaxValue);
        if (Node.HasAttributes)
        {
            foreach (var attribute in Node.Attributes)
            {
                if (ranks.TryGetValue(attribute.Name, out var rank) && rank < bestRank && Attribute(attribute.Name) is { } value && (accept is null || accept(value)))
                {
                    (best, bestRank) = (value, rank);
                }
            }
        }

        return best;
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c is '，' or '。' or '、' or '“' or '”' or '《' or '》' or '（' or '）' or '！' or '？' or ',' or '!' or '?';

    private static bool IsHidden(HtmlNode node)
    {
        if (!node.HasAttributes)
        {
            return false;
        }

        var style = node.Attributes["style"]?.Value;
        return (node.Attributes["hidden"] is not null && !IsStreamed(node))
            || (style is not null && style.Contains("none", StringComparison.OrdinalIgnoreCase)
                && style.Replace(" ", "", StringComparison.Ordinal).Contains("display:none", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A part of the page that came late, which a script moves to its place.</summary>
    private static bool IsStreamed(HtmlNode node) => node.Attributes["id"]?.Value is ['S', ':', ..];
}
