namespace Surveillance.Api.Search;

/// <summary>Cuts a query into parts. Quotation marks, minus and colon may be those of a Chinese keyboard; a quotation that is never closed goes to the end.</summary>
internal sealed class QueryReader(string text)
{
    private int _at;

    public IEnumerable<QueryPart> Read()
    {
        while (SkipSpace())
        {
            var isExcluded = text[_at] is '-' or '－' or '\u2212' && _at + 1 < text.Length && !char.IsWhiteSpace(text[_at + 1]);
            if (isExcluded)
            {
                _at++;
            }

            yield return IsQuote(text[_at]) ? new QueryPart.Quoted(Quotation(), isExcluded)
                : Field() is { } field ? new QueryPart.Filter(field, [.. Values()], isExcluded)
                : new QueryPart.Word(Word(isValue: false), isExcluded);
        }
    }

    private bool SkipSpace()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }

        return _at < text.Length;
    }

    private string Quotation()
    {
        var start = ++_at;
        while (_at < text.Length && !IsQuote(text[_at]))
        {
            _at++;
        }

        return text[start..Math.Min(_at++, text.Length)];
    }

    /// <returns>Null, and nothing read, where no <c>field:</c> stands here; an address such as <c>https://…</c> is none.</returns>
    private string? Field()
    {
        var end = _at;
        while (end < text.Length && (char.IsAsciiLetter(text[end]) || text[end] == '_'))
        {
            end++;
        }

        if (end == _at || end == text.Length || !IsColon(text[end]) || text.AsSpan(end + 1).StartsWith("//", StringComparison.Ordinal))
        {
            return null;
        }

        var field = text[_at..end].ToLowerInvariant();
        _at = end + 1;
        return field;
    }

    private IEnumerable<string> Values()
    {
        for (var more = true; more;)
        {
            var value = _at < text.Length && IsQuote(text[_at]) ? Quotation() : Word(isValue: true);
            if (value.Length > 0)
            {
                yield return value;
            }

            more = _at < text.Length && IsComma(text[_at]);
            if (more)
            {
                _at++;
            }
        }
    }

    private string Word(bool isValue)
    {
        var start = _at;
        while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && !IsQuote(text[_at]) && !(isValue && IsComma(text[_at])))
        {
            _at++;
        }

        return text[start.._at];
    }

    private static bool IsQuote(char unit) => unit is '"' or '“' or '”' or '＂';

    private static bool IsColon(char unit) => unit is ':' or '：';

    private static bool IsComma(char unit) => unit is ',' or '，';
}
