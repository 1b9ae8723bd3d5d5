namespace Surveillance.Crawler.Extraction.Markup;

/// <summary>Which elements are open while tags are read in order.</summary>
internal sealed class OpenElements
{
    /// <summary>An end tag is matched with an element open at most so many levels up; looking further would cost quadratic time.</summary>
    private const int LookBack = 64;

    private static readonly HashSet<string> ClosedBySibling = new(StringComparer.OrdinalIgnoreCase) { "p", "li", "dt", "dd", "tr", "td", "th", "option" };

    private readonly List<string> _names = [];
    private readonly List<string> _ended = [];
    private readonly Dictionary<string, int> _skipped = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _interned = new(StringComparer.OrdinalIgnoreCase);

    public int Depth => _names.Count;

    /// <summary>End tags that closed nothing, or something other than the innermost element; and start tags that closed a brother.</summary>
    public int Mismatches { get; private set; }

    /// <returns>The names of the elements that this tag ends, innermost first; good until the next call.</returns>
    public IReadOnlyList<string> Take(string html, Tag tag)
    {
        if (tag.Kind == TagKind.Single)
        {
            return [];
        }

        var name = Name(html, tag);
        if (tag.Kind == TagKind.Close)
        {
            return Close(name);
        }

        IReadOnlyList<string> ended = [];
        if (_names.Count > 0 && ClosedBySibling.Contains(name) && Same(_names[^1], name))
        {
            ended = Close(name);
            Mismatches++;
        }

        _names.Add(name);
        return ended;
    }

    /// <summary>Leaves a start tag out; its end tag will close nothing.</summary>
    public void Skip(string html, Tag tag)
    {
        var name = Name(html, tag);
        _skipped[name] = _skipped.GetValueOrDefault(name) + 1;
    }

    private List<string> Close(string name)
    {
        if (_skipped.TryGetValue(name, out var left) && left > 0)
        {
            _skipped[name] = left - 1;
            return [];
        }

        var lowest = Math.Max(0, _names.Count - LookBack);
        for (var i = _names.Count - 1; i >= lowest; i--)
        {
            if (Same(_names[i], name))
            {
                _ended.Clear();
                for (var inner = _names.Count - 1; inner >= i; inner--)
                {
                    _ended.Add(_names[inner]);
                    _names.RemoveAt(inner);
                }

                Mismatches += _ended.Count > 1 ? 1 : 0;
                return _ended;
            }
        }

        Mismatches++;
        return [];
    }

    private string Name(string html, Tag tag)
    {
        var lookup = _interned.GetAlternateLookup<ReadOnlySpan<char>>();
        var span = html.AsSpan(tag.NameStart, tag.NameEnd - tag.NameStart);
        if (!lookup.TryGetValue(span, out var name))
        {
            _interned.Add(name = span.ToString());
        }

        return name;
    }

    private static bool Same(string left, string right) => left.Equals(right, StringComparison.OrdinalIgnoreCase);
}
