namespace Surveillance.Classifier.Segmentation;

/// <summary>How jieba parts a text before it looks words up.</summary>
internal static class TextBlocks
{
    /// <summary>Whether a unit is looked up in the dictionary with its neighbours; others part the text.</summary>
    public static bool IsInBlock(char unit) =>
        IsHan(unit) || char.IsAsciiLetterOrDigit(unit) || unit is '+' or '#' or '&' or '.' or '_' or '%' or '-';

    /// <summary>The ideographs that jieba 0.42.1 knows as such.</summary>
    public static bool IsHan(char unit) => unit is >= '\u4E00' and <= '\u9FD5';

    /// <summary>White space as Python's regular expressions see it: .NET's and the four information separators.</summary>
    public static bool IsSpace(char unit) => char.IsWhiteSpace(unit) || unit is >= '\u001C' and <= '\u001F';

    /// <summary>The end of the block, or of the stretch between blocks, that begins at <paramref name="start"/>.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var inside = IsInBlock(text[start]);
        var end = start + 1;
        while (end < text.Length && IsInBlock(text[end]) == inside)
        {
            end++;
        }

        return end;
    }

    /// <summary>The length of what stands alone between blocks: a line end of two units, a pair of surrogates, else one unit.</summary>
    public static int LengthOfOther(ReadOnlySpan<char> text, int at)
    {
        var two = at + 1 < text.Length
            && ((text[at] == '\r' && text[at + 1] == '\n') || (char.IsHighSurrogate(text[at]) && char.IsLowSurrogate(text[at + 1])));
        return two ? 2 : 1;
    }
}
