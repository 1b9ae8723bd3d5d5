using System.Text;
using System.Text.Unicode;

namespace Surveillance.Crawler.Extraction.Decoding;

/// <summary>Turns a page's bytes into text; where a declaration contradicts the bytes, the bytes decide.</summary>
internal static class PageDecoder
{
    /// <summary>Bytes that a declaration may be spread over; real pages state theirs as late as 150 KB in, behind inlined scripts.</summary>
    private const int DeclarationBytes = 256 * 1024;

    /// <summary>One wrong byte in so many right multi-byte characters still makes a UTF-8 page: sites cut titles in mid-character.</summary>
    private const int RightPerWrong = 20;

    static PageDecoder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static DecodedText Decode(ReadOnlySpan<byte> bytes, string? contentType)
    {
        if (ByteOrderMark(bytes) is { } marked)
        {
            return new DecodedText(marked.Encoding.GetString(bytes[marked.Length..]), marked.Name);
        }

        if (LooksLikeUtf16(bytes) is { } wide)
        {
            return new DecodedText((wide == "utf-16le" ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes), wide);
        }

        var declared = CharsetDeclaration.FromHeader(contentType) ?? CharsetDeclaration.FromMarkup(bytes[..Math.Min(bytes.Length, DeclarationBytes)]);
        if (Utf8.IsValid(WithoutCutTail(bytes)))
        {
            var name = Ascii.IsValid(bytes) && declared is not null ? declared : "utf-8";
            return new DecodedText(Encoding.UTF8.GetString(bytes), name);
        }

        var charset = IsNearlyUtf8(bytes) ? "utf-8" : ChinesePlausibility.Choose(bytes, declared);
        return new DecodedText(Encoding.GetEncoding(charset).GetString(bytes), charset);
    }

    private static (Encoding Encoding, int Length, string Name)? ByteOrderMark(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Encoding.UTF8, 3, "utf-8"),
        [0xFF, 0xFE, 0, 0, ..] => (Encoding.UTF32, 4, "utf-32le"),
        [0xFF, 0xFE, ..] => (Encoding.Unicode, 2, "utf-16le"),
        [0xFE, 0xFF, ..] => (Encoding.BigEndianUnicode, 2, "utf-16be"),
        [0x84, 0x31, 0x95, 0x33, ..] => (Encoding.GetEncoding("gb18030"), 4, "gb18030"),
        _ => null,
    };

    private static string? LooksLikeUtf16(ReadOnlySpan<byte> bytes)
    {
        var sample = bytes[..(Math.Min(bytes.Length, 512) & ~1)];
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < sample.Length; i += 2)
        {
            even += sample[i] == 0 && sample[i + 1] != 0 ? 1 : 0;
            odd += sample[i + 1] == 0 && sample[i] != 0 ? 1 : 0;
        }

        // Markup is mostly ASCII, so every other byte is nil; stray NUL bytes never reach a third.
        var third = sample.Length / 6;
        return sample.Length < 16 ? null : odd > third && even < third / 4 ? "utf-16le" : even > third && odd < third / 4 ? "utf-16be" : null;
    }

    /// <summary>A body cut at a size limit ends in the middle of a character; that says nothing about its charset.</summary>
    private static ReadOnlySpan<byte> WithoutCutTail(ReadOnlySpan<byte> bytes)
    {
        for (var back = 1; back <= 3 && back <= bytes.Length; back++)
        {
            var lead = bytes[^back];
            if (lead >= 0xC0)
            {
                var needed = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
                return needed > back ? bytes[..^back] : bytes;
            }

            if (lead < 0x80)
            {
                return bytes;
            }
        }

        return bytes;
    }

    private static bool IsNearlyUtf8(ReadOnlySpan<byte> bytes)
    {
        var (right, wrong) = (0, 0);
        while (!bytes.IsEmpty)
        {
            var ascii = bytes.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
            if (ascii < 0)
            {
                break;
            }

            bytes = bytes[ascii..];
            var status = Rune.DecodeFromUtf8(bytes, out _, out var used);
            right += status == System.Buffers.OperationStatus.Done ? 1 : 0;
            wrong += status == System.Buffers.OperationStatus.Done ? 0 : 1;
            bytes = bytes[used..];
        }

        return right > wrong * RightPerWrong;
    }
}

/// <param name="Charset">In lower case, e.g. <c>gb18030</c>.</param>
internal readonly record struct DecodedText(string Text, string Charset);
