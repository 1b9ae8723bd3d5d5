using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Surveillance.Classifier.Likeness;

/// <summary>The distinct words of one listing's wording, hashed: what tells a copy that was lightly reworded from a merely similar text.</summary>
/// <remarks>
/// Likeness is Jaccard's: words that both have, of those that either has. Prints that are alike share a <see cref="Bands">band</see> with a probability
/// that follows from their likeness alone (MinHash, four hashes a band): 0.5 gives 0.87, 0.6 gives 0.99, 0.2 gives 0.05.
/// The same wording gives the same print on every machine.
/// </remarks>
public sealed class WordPrint
{
    /// <summary>Fewer words say too little: short titles of strangers are often the same.</summary>
    public const int LeastWords = 16;

    /// <summary>Of a longer text those with the least hashes, a sample that copies of it share.</summary>
    public const int MostWords = 1024;

    public const int BandCount = 32;

    private const int HashesPerBand = 4;

    private static readonly uint[] Seeds = MakeSeeds();

    private readonly uint[] _words;

    /// <param name="words">Hashes, in any order, repeats allowed.</param>
    public WordPrint(IEnumerable<uint> words)
    {
        uint[] all = [.. words];
        Array.Sort(all);
        var distinct = 0;
        for (var word = 0; word < all.Length && distinct < MostWords; word++)
        {
            if (word == 0 || all[word] != all[word - 1])
            {
                all[distinct++] = all[word];
            }
        }

        _words = all[..distinct];
    }

    /// <summary>Hashes of the words, rising, each once.</summary>
    public IReadOnlyList<uint> Words => _words;

    /// <summary>Whether there are enough words to call two texts copies.</summary>
    public bool IsTelling => _words.Length >= LeastWords;

    /// <summary>The first 32 hexadecimal digits of SHA-256 over the words: equal where they are.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(ToBytes()).AsSpan(0, 16));

    /// <exception cref="InvalidDataException">Not what <see cref="ToBytes"/> gave.</exception>
    public static WordPrint FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % sizeof(uint) != 0)
        {
            throw new InvalidDataException($"expected a multiple of {sizeof(uint)} bytes, got {bytes.Length}");
        }

        var words = new uint[bytes.Length / sizeof(uint)];
        for (var word = 0; word < words.Length; word++)
        {
            words[word] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(word * sizeof(uint))..]);
        }

        return new WordPrint(words);
    }

    public byte[] ToBytes()
    {
        var bytes = new byte[_words.Length * sizeof(uint)];
        for (var word = 0; word < _words.Length; word++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(word * sizeof(uint)), _words[word]);
        }

        return bytes;
    }

    /// <summary>0, no word in common, to 1, the same words; 0 also where neither has any.</summary>
    public double LikenessTo(WordPrint other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return LikenessTo(other.ToBytes());
    }

    /// <summary>The same with a print as <see cref="ToBytes"/> gave it, which need not be read first.</summary>
    public double LikenessTo(ReadOnlySpan<byte> other)
    {
        int mine = 0, theirs = 0, both = 0;
        while (mine < _words.Length && theirs < other.Length)
        {
            var (word, its) = (_words[mine], BinaryPrimitives.ReadUInt32LittleEndian(other[theirs..]));
            both += word == its ? 1 : 0;
            mine += word <= its ? 1 : 0;
            theirs += its <= word ? sizeof(uint) : 0;
        }

        var all = _words.Length + (other.Length / sizeof(uint)) - both;
        return all == 0 ? 0 : (double)both / all;
    }

    /// <summary><see cref="BandCount"/> keys; only prints that share one need be compared. None where there are no words.</summary>
    public IReadOnlyList<long> Bands()
    {
        if (_words.Length == 0)
        {
            return [];
        }

        var bands = new long[BandCount];
        for (var band = 0; band < BandCount; band++)
        {
            // FNV-1a over the band's number and its least hashes.
            var key = (14695981039346656037UL ^ (uint)band) * 1099511628211UL;
            for (var hash = 0; hash < HashesPerBand; hash++)
            {
                key = (key ^ Least(Seeds[(band * HashesPerBand) + hash])) * 1099511628211UL;
            }

            bands[band] = (long)key;
        }

        return bands;
    }

    private uint Least(uint seed)
    {
        var (some, seeds) = (new Vector<uint>(uint.MaxValue), new Vector<uint>(seed));
        var word = 0;
        for (; word <= _words.Length - Vector<uint>.Count; word += Vector<uint>.Count)
        {
            some = Vector.Min(some, Mix(new Vector<uint>(_words, word) ^ seeds));
        }

        var least = uint.MaxValue;
        for (var lane = 0; lane < Vector<uint>.Count; lane++)
        {
            least = Math.Min(least, some[lane]);
        }

        for (; word < _words.Length; word++)
        {
            least = Math.Min(least, Mix(_words[word] ^ seed));
        }

        return least;
    }

    /// <summary>MurmurHash3's finaliser: every bit of the word reaches every bit of the hash.</summary>
    private static uint Mix(uint word)
    {
        word = (word ^ (word >> 16)) * 0x85EBCA6B;
        word = (word ^ (word >> 13)) * 0xC2B2AE35;
        return word ^ (word >> 16);
    }

    private static Vector<uint> Mix(Vector<uint> words)
    {
        words = (words ^ (words >>> 16)) * new Vector<uint>(0x85EBCA6B);
        words = (words ^ (words >>> 13)) * new Vector<uint>(0xC2B2AE35);
        return words ^ (words >>> 16);
    }

    private static uint[] MakeSeeds()
    {
        // Fixed for good: stored bands are compared with new ones.
        var seeds = new uint[BandCount * HashesPerBand];
        var state = 0x9E3779B9U;
        for (var seed = 0; seed < seeds.Length; seed++)
        {
            state += 0x9E3779B9;
            seeds[seed] = Mix(state);
        }

        return seeds;
    }
}
