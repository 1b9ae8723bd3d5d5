using System.Buffers;
using Surveillance.Crawler.Extraction.Fields;
using Surveillance.Crawler.Extraction.Markup;

namespace Surveillance.Crawler.Extraction.Sites;

/// <summary>A place on a page, as a site file names it: <c>li.item h2 a@href</c>.</summary>
/// <remarks>
/// Of CSS: names of elements, <c>.class</c>, <c>#id</c>, <c>[attribute]</c>, <c>[attribute=value]</c>, and a space for "somewhere inside".
/// What follows an <c>@</c> is the attribute to read in place of the text.
/// </remarks>
internal sealed class Selector
{
    private static readonly SearchValues<char> PartStarts = SearchValues.Create(".#[");

    private readonly Step[] _steps;
    private readonly string? _attribute;

    private Selector(Step[] steps, string? attribute) => (_steps, _attribute) = (steps, attribute);

    /// <exception cref="FormatException">It is none; the message says what was expected.</exception>
    public static Selector Parse(string text)
    {
        var at = text.LastIndexOf('@');
        var place = (at < 0 ? text : text[..at]).Trim();
        var attribute = at < 0 ? null : text[(at + 1)..].Trim().ToLowerInvariant();
        var steps = place.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Step.Parse).ToArray();
        return steps.Length > 0 && attribute is not "" ? new Selector(steps, attribute) : throw new FormatException($"expected a selector such as \"li.item h2 a@href\", got \"{text}\"");
    }

    /// <summary>In page order, none inside another.</summary>
    public IEnumerable<PageElement> All(PageElement within)
    {
        var end = within.Index;
        foreach (var element in within.SelfAndDescendants)
        {
            if (element.Index > within.Index && element.Index >= end && Matches(element, within))
            {
                end = element.End;
                yield return element;
            }
        }
    }

    /// <returns>Null where the place is missing or empty.</returns>
    public string? Value(PageElement within) => All(within).Select(Read).FirstOrDefault(value => value is not null);

    /// <summary>What an element of that place says.</summary>
    public string? Read(PageElement element) => _attribute is null ? PlainText.Lines(element.TextSpan) : element.Attribute(_attribute);

    private bool Matches(PageElement element, PageElement within)
    {
        if (!_steps[^1].Matches(element))
        {
            return false;
        }

        var left = _steps.Length - 2;
        for (var around = element.Parent; left >= 0 && around is not null && around.Index > within.Index; around = around.Parent)
        {
            left -= _steps[left].Matches(around) ? 1 : 0;
        }

        return left < 0;
    }

    private sealed record Step(string? Tag, string? Id, IReadOnlyList<string> Classes, IReadOnlyList<(string Name, string? Value)> Attributes)
    {
        public static Step Parse(string text)
        {
            var start = text.AsSpan().IndexOfAny(PartStarts);
            var tag = start < 0 ? text : text[..start];
            var (id, classes, attributes) = ((string?)null, new List<string>(), new List<(string, string?)>());
            for (var i = start < 0 ? text.Length : start; i < text.Length;)
            {
                var end = text[i] == '[' ? text.IndexOf(']', i) : text.AsSpan(i + 1).IndexOfAny(PartStarts) is >= 0 and var next ? i + 1 + next : text.Length;
                var part = end > i ? text[(i + 1)..end] : "";
                switch (part, text[i])
                {
                    case ("", _):
                        throw new FormatException($"expected a selector such as \"li.item[data-id]\", got \"{text}\"");
                    case (_, '.'):
                        classes.Add(part);
                        break;
                    case (_, '#'):
                        id = part;
                        break;
                    default:
                        var equals = part.IndexOf('=', StringComparison.Ordinal);
                        attributes.Add(equals < 0 ? (part.ToLowerInvariant(), null) : (part[..equals].ToLowerInvariant(), part[(equals + 1)..].Trim('"', '\'')));
                        break;
                }

                i = text[i] == '[' ? end + 1 : end;
            }

            return tag.All(char.IsAsciiLetterOrDigit)
                ? new Step(tag.Length == 0 ? null : tag.ToLowerInvariant(), id, classes, attributes)
                : throw new FormatException($"expected an element's name, got \"{tag}\"");
        }

        public bool Matches(PageElement element) =>
            (Tag is null || element.Tag == Tag) && (Id is null || element.Id == Id)
            && Classes.All(name => element.Class.Split(' ', StringSplitOptions.RemoveEmptyEntries).Contains(name, StringComparer.Ordinal))
            && Attributes.All(attribute => element.Node.Attributes[attribute.Name] is { } found && (attribute.Value is null || found.Value == attribute.Value));
    }
}
