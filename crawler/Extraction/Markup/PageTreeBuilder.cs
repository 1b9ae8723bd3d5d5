using System.Collections.Frozen;
using System.Net;
using System.Text;
using HtmlAgilityPack;

namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>Walks a parsed document once and lays its elements and text out flat.</summary>
internal sealed class PageTreeBuilder
{
    private const int MaxHiddenMarkupDepth = 2;
    private const int ShortestMarkup = 40;
    private const int ShortestState = 120;

    private static readonly FrozenSet<string> Silent = FrozenSet.Create(StringComparer.Ordinal, "script", "style", "noscript", "svg", "template", "iframe", "object");

    private static readonly FrozenSet<string> Inline = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "span", "em", "i", "b", "strong", "font", "u", "s", "small", "big", "sub", "sup", "label", "code", "img", "ins", "del", "mark", "time", "cite", "abbr", "var", "q", "bdo", "kbd", "input", "button");

    private readonly PageTree _tree;
    private readonly List<PageElement> _elements = [];
    private readonly StringBuilder _text = new();
    private readonly List<string> _shipped = [];
    private readonly Stack<(HtmlNode? Node, PageElement Parent)> _open = new();
    private readonly bool _draws;
    private int _hiddenMarkupDepth;
    private int _looked;

    private PageTreeBuilder(PageTree tree, bool draws) => (_tree, _draws) = (tree, draws);

    /// <summary>True for elements that stand in a line of text.</summary>
    public static bool IsInline(string tag) => Inline.Contains(tag);

    /// <param name="draws">What scripts would draw is part of the page too.</param>
    public static (PageElement[] Elements, string Text, IReadOnlyList<string> Shipped) Build(PageTree tree, HtmlNode document, bool draws)
    {
        var builder = new PageTreeBuilder(tree, draws);
        var root = builder.Open(document, null);
        builder.Walk(document.FirstChild, root);
        builder.Close(root);
        return ([.. builder._elements], builder._text.ToString(), builder._shipped);
    }

    private void Walk(HtmlNode? first, PageElement root)
    {
        var bottom = _open.Count;
        var (node, parent) = (first, root);
        while (true)
        {
            if (node is null)
            {
                if (_open.Count == bottom)
                {
                    return;
                }

                Close(parent);
                (node, parent) = _open.Pop();
                continue;
            }

            if (node.NodeType == HtmlNodeType.Element && (!Silent.Contains(node.Name) || Speaks(node)))
            {
                var element = Open(node, parent, shipped: _hiddenMarkupDepth > 0 && parent == root);
                _open.Push((node.NextSibling, parent));
                (node, parent) = (HiddenMarkup(element) ? null : node.FirstChild, element);
                continue;
            }

            Leaf(node, parent);
            node = node.NextSibling;
        }
    }

    private void Leaf(HtmlNode node, PageElement parent)
    {
        if (node is HtmlTextNode text)
        {
            if (parent is { Hidden: true } or { Tag: "textarea" } && IsState(text.Text))
            {
                _shipped.Add(WebUtility.HtmlDecode(text.Text));
                return;
            }

            Append(text.Text);
        }
        else if (_draws && node.Name == "noscript")
        {
            // Parsed anew: what bounds the depth of markup passes over it.
            WalkHidden(Filled(node), parent);
        }
        else if (node.Name == "script")
        {
            WalkHidden(ScriptMarkup.RecordsOf(node) ?? (_draws ? ScriptMarkup.Of(node) : null), parent);
        }
        else if (node is HtmlCommentNode comment && comment.Comment.Length > ShortestMarkup && ShipsMarkup(comment, parent))
        {
            WalkHidden(comment.Comment[4..^3], parent);
        }
    }

    /// <summary>A template that browsers show at once, or one that is all that a page would be drawn from.</summary>
    private bool Speaks(HtmlNode silent) =>
        silent.Name == "template" && ((silent.HasAttributes && (silent.Attributes["shadowrootmode"] ?? silent.Attributes["shadowroot"]) is not null) || (_draws && Filled(silent) is not null));

    /// <summary>What an element holds that is no template to be filled in; null for the rest.</summary>
    private string? Filled(HtmlNode silent)
    {
        // Templates within templates would be looked through again and again.
        const int MaxLooked = 4 * 1024 * 1024;
        if (silent.InnerLength > MaxLooked - _looked)
        {
            return null;
        }

        _looked += silent.InnerLength;
        return silent.InnerHtml is var markup && ScriptMarkup.IsList(markup) ? markup : null;
    }

    private static bool IsState(string text)
    {
        var trimmed = text.AsSpan().Trim();
        return trimmed.Length >= ShortestState && trimmed is ['{' or '[', .., '}' or ']'] && trimmed[1..].TrimStart() is ['"' or '{' or '[' or '&', ..];
    }

    /// <summary>Sites ship lists in comments that a script takes out: in code elements, or as all that an element holds.</summary>
    private static bool ShipsMarkup(HtmlCommentNode comment, PageElement parent) =>
        comment.Comment.StartsWith("<!--", StringComparison.Ordinal) && comment.Comment.EndsWith("-->", StringComparison.Ordinal)
        && (parent.Tag == "code"
            || (parent.Tag is "div" or "section" or "td" or "li" && comment.Comment.Contains("</", StringComparison.Ordinal)
                && parent.Node.ChildNodes.All(child => child == comment || child.NodeType == HtmlNodeType.Text && string.IsNullOrWhiteSpace(((HtmlTextNode)child).Text))));

    /// <summary>Sites delay rendering by shipping markup as the text of a text area.</summary>
    private bool HiddenMarkup(PageElement element)
    {
        if (element.Tag != "textarea")
        {
            // What a head holds is looked up by name and never shown.
            return element.Tag == "title";
        }

        var inner = element.Node.InnerHtml;
        if (inner.Contains("</", StringComparison.Ordinal) || inner.Contains("&lt;/", StringComparison.Ordinal))
        {
            WalkHidden(inner.Contains("</", StringComparison.Ordinal) ? inner : WebUtility.HtmlDecode(inner), element);
            return true;
        }

        return false;
    }

    private void WalkHidden(string? html, PageElement parent)
    {
        if (html is not null && _hiddenMarkupDepth < MaxHiddenMarkupDepth)
        {
            _hiddenMarkupDepth++;
            Walk(PageTree.Parse(html).DocumentNode.FirstChild, parent);
            _hiddenMarkupDepth--;
        }
    }

    private PageElement Open(HtmlNode node, PageElement? parent, bool shipped = false)
    {
        var element = new PageElement(_tree, node, _elements.Count, parent, shipped);
        BreakLine(element.Tag);
        element.TextStart = _text.Length;
        _elements.Add(element);
        return element;
    }

    private void Close(PageElement element)
    {
        element.TextEnd = _text.Length;
        element.End = _elements.Count;
        element.LinkChars = element.Tag == "a" ? element.TextLength : element.LinkChars;
        if (element.Parent is { } parent)
        {
            parent.LinkChars += element.LinkChars;
        }

        BreakLine(element.Tag);
    }

    private void BreakLine(string tag)
    {
        if (!Inline.Contains(tag) && _text.Length > 0 && _text[^1] != '\n')
        {
            if (_text[^1] == ' ')
            {
                _text[^1] = '\n';
            }
            else
            {
                _text.Append('\n');
            }
        }
    }

    private void Append(string raw)
    {
        var text = raw.Contains('&', StringComparison.Ordinal) ? WebUtility.HtmlDecode(raw) : raw;
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c))
            {
                _text.Append(c);
            }
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n'))
            {
                _text.Append(' ');
            }
        }
    }
}
