using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Surveillance.Classifier.Likeness;

/// <summary>How a picture looks in rough: the signs of its 255 lowest frequencies (DCT), of the whole and of what is left when its edges are cut off.</summary>
/// <remarks>
/// Signs outlast scaling, encoding anew, other brightness and small marks; mirroring turns every second column of them round, which is undone here.
/// The prints without edges find a copy that was cut down. The same picture gives the same print on every machine with the same decoder.
/// </remarks>
public sealed class PicturePrint
{
    /// <summary>Of the 255 signs no more may differ between two pictures that are near. Measured: docs/operators.md.</summary>
    public const int Near = 25;

    /// <summary>Rows and columns of frequencies.</summary>
    public const int Side = 16;

    /// <summary>Shares of width and height that are cut off at each edge, the whole picture first.</summary>
    public static IReadOnlyList<double> Margins { get; } = [0, 0.02, 0.04, 0.06];

    private const int WordsPerView = Side * Side / 64;
    private const int BytesPerView = Side * Side / 8;

    /// <summary>The signs of frequencies that are odd from left to right, which mirroring turns round.</summary>
    private const ulong OddColumns = 0xAAAA_AAAA_AAAA_AAAA;

    private readonly ulong[] _words;

    private PicturePrint(ulong[] words) => _words = words;

    /// <summary>The first 32 hexadecimal digits of SHA-256 over the print: equal where it is.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(ToBytes()).AsSpan(0, 16));

    /// <param name="views">The strengths of the frequencies of each of <see cref="Margins"/>, row by row; the first of each view, the mean, says nothing.</param>
    public static PicturePrint Of(IReadOnlyList<double[]> views)
    {
        var words = new ulong[Margins.Count * WordsPerView];
        for (var view = 0; view < Margins.Count; view++)
        {
            for (var place = 1; place < Side * Side; place++)
            {
                words[(view * WordsPerView) + (place / 64)] |= views[view][place] > 0 ? 1UL << (place % 64) : 0;
            }
        }

        return new PicturePrint(words);
    }

    /// <exception cref="InvalidDataException">Not what <see cref="ToBytes"/> gave.</exception>
    public static PicturePrint FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != Margins.Count * BytesPerView)
        {
            throw new InvalidDataException($"expected {Margins.Count * BytesPerView} bytes, got {bytes.Length}");
        }

        var words = new ulong[Margins.Count * WordsPerView];
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = BinaryPrimitives.ReadUInt64LittleEndian(bytes[(word * sizeof(ulong))..]);
        }

        return new PicturePrint(words);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[_words.Length * sizeof(ulong)];
        for (var word = 0; word < _words.Length; word++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(word * sizeof(ulong)), _words[word]);
        }

        return bytes;
    }

    /// <summary>How many signs differ where the two are most alike: both whole, or one of them cut down, either mirrored or not.</summary>
    public int DistanceTo(PicturePrint other)
    {
        var least = int.MaxValue;
        for (var view = 0; view < Margins.Count; view++)
        {
            foreach (var mirror in (ReadOnlySpan<ulong>)[0, OddColumns])
            {
                least = Math.Min(least, Math.Min(Distance(View(view), other.View(0), mirror), Distance(View(0), other.View(view), mirror)));
            }
        }

        return least;
    }

    /// <summary>Under what it is kept, so that <see cref="Probes"/> of a near one finds it: one number a row of signs, whole and cut down apart.</summary>
    public IEnumerable<long> Keys() => Enumerable.Range(0, Margins.Count).SelectMany(view => Rows(view, 0).Select((row, place) => Key(view > 0, place, row))).Distinct();

    /// <summary>Where to look. Of the 16 rows of two near prints one at least differs in no more than one sign, since 25 differ in all: nothing near is missed.</summary>
    public IEnumerable<long> Probes() =>
        Enumerable.Range(0, Margins.Count)
            .SelectMany(view => ((ulong[])[0, OddColumns]).SelectMany(mirror => Rows(view, mirror).SelectMany((row, place) => Around(row).SelectMany(near =>
                view == 0 ? (long[])[Key(false, place, near), Key(true, place, near)] : [Key(false, place, near)]))))
            .Distinct();

    private ReadOnlySpan<ulong> View(int view) => _words.AsSpan(view * WordsPerView, WordsPerView);

    private static int Distance(ReadOnlySpan<ulong> one, ReadOnlySpan<ulong> other, ulong mirror)
    {
        var distance = 0;
        for (var word = 0; word < WordsPerView; word++)
        {
            distance += BitOperations.PopCount(one[word] ^ other[word] ^ mirror);
        }

        return distance;
    }

    private IEnumerable<ushort> Rows(int view, ulong mirror) =>
        Enumerable.Range(0, Side).Select(row => (ushort)((_words[(view * WordsPerView) + (row / 4)] ^ mirror) >> (row % 4 * Side)));

    private static IEnumerable<ushort> Around(ushort row) => Enumerable.Range(0, Side).Select(sign => (ushort)(row ^ (1 << sign))).Prepend(row);

    private static long Key(bool isCut, int place, ushort row) => ((isCut ? 1L : 0L) << 20) | ((long)place << 16) | row;
}
