using System.Buffers;

namespace Surveillance.Crawler.Extraction.Decoding;

/// <summary>Tells bytes that were never a readable page from pages with a few bad characters.</summary>
internal static class Damage
{
    private const int FewReplacements = 16;

    private static readonly SearchValues<char> Controls = SearchValues.Create(
        "\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u000E\u000F\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001A\u001C\u001D\u001E\u001F");

    /// <summary>True for bodies still compressed, and for text that lost most of its characters when somebody decoded it wrongly.</summary>
    public static bool IsCorrupt(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes is [0x1F, 0x8B, ..] or [0x28, 0xB5, 0x2F, 0xFD, ..] or [0x78, 0x01 or 0x5E or 0x9C or 0xDA, ..] && bytes.IndexOf((byte)'<') is < 0 or > 64)
        {
            return true;
        }

        // Stray NUL bytes are left by careless programs; long runs of them by broken disks and cut transfers.
        if (text.Length > FewReplacements && text.AsSpan().Count('\0') * 2L > text.Length)
        {
            return true;
        }

        var span = text.AsSpan();
        var replaced = span.Count('\uFFFD');
        var control = span.CountAny(Controls);
        return (replaced > FewReplacements && replaced * 3 > Foreign(text) && replaced * 100L > text.Length)
            || (control > FewReplacements && control * 50L > text.Length && (replaced + control) * 20L > text.Length)
            || (Garbled(text) is > 0 and var garbled && Foreign(text) is > FewReplacements and var foreign && garbled * 2L > foreign);
    }

    private static int Foreign(string text)
    {
        var foreign = 0;
        foreach (var c in text)
        {
            foreign += c >= 0x80 ? 1 : 0;
        }

        return foreign;
    }

    /// <summary>The body ends inside a tag: the rest never came.</summary>
    public static bool IsCut(string text) => text.LastIndexOf('<') is >= 0 and var last && last + 1 < text.Length && char.IsAsciiLetter(text[last + 1]) && !text.AsSpan(last).Contains('>');

    /// <summary>Characters of text that was encoded twice: long rows of accented letters, and what replacement characters become.</summary>
    private static int Garbled(string text)
    {
        const string Lost = "\u951F\u65A4\u62F7";
        return AccentedRows(text) + (text.AsSpan().Count(Lost) * Lost.Length);
    }

    private static int AccentedRows(ReadOnlySpan<char> text)
    {
        const int ShortestRow = 4, FewestLetters = 2;
        const char FirstLetter = '\u00C0', LastLetter = '\u00FF';
        var garbled = 0;
        for (int at; (at = text.IndexOfAnyInRange(FirstLetter, LastLetter)) >= 0;)
        {
            var (start, end, letters) = (at, at, 0);
            while (start > 0 && IsOfRow(text[start - 1]))
            {
                start--;
            }

            while (end < text.Length && IsOfRow(text[end]))
            {
                letters += text[end++] is >= FirstLetter and <= LastLetter ? 1 : 0;
            }

            garbled += end - start >= ShortestRow && letters >= FewestLetters ? end - start : 0;
            text = text[end..];
        }

        return garbled;
    }

    private static bool IsOfRow(char c) => c is (>= '\u0080' and <= '\u02FF') or (>= '\u2010' and <= '\u2122');

    /// <summary>A picture, an archive or a document: readable by others, yet no page.</summary>
    public static bool IsOtherFormat(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith("%PDF-"u8) || bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..]
        || bytes is [0xFF, 0xD8, 0xFF, ..] || bytes.StartsWith("GIF8"u8) || bytes.StartsWith("PK\u0003\u0004"u8)
        || (bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8));
}
