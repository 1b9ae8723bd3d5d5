using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Model;

/// <summary>Reads character 1–5-grams and word 1–3-grams off a normalised text. Keeps buffers; not thread safe.</summary>
internal sealed class GramReader(Segmenter segmenter)
{
    /// <summary>Longer texts are read to here: the cost of one listing stays bounded. No more than a <see cref="GramPlace"/> can say.</summary>
    public const int LongestRead = 20_000;

    private const int LongestGram = 5;
    private const uint CharacterSeed = 0x243F6A88;
    private const uint SellerSeed = 0x13198A2E;
    private const uint WordSeed = 0xA4093822;

    /// <summary>By UTF-16 unit: what n-grams read. Digits are all one, marks part the text; question marks and per cent signs say something.</summary>
    private static readonly ushort[] Units = BuildUnits();

    private readonly List<WordSpan> _words = [];
    private ushort[] _read = new ushort[512];

    /// <param name="field">The text's place among the listing's fields.</param>
    /// <param name="isSeller">A seller's name is not what the seller says: it has features of its own, and no words.</param>
    public void Read(string text, int field, bool isSeller, FeatureList features)
    {
        var length = Math.Min(text.Length, LongestRead);
        if (_read.Length < length)
        {
            _read = new ushort[Math.Max(length, 2 * _read.Length)];
        }

        for (var at = 0; at < length; at++)
        {
            _read[at] = Units[text[at]];
        }

        ReadCharacters(_read.AsSpan(0, length), (byte)field, isSeller ? SellerSeed : CharacterSeed, features);
        if (!isSeller)
        {
            ReadWords(text.AsSpan(0, length), (byte)field, features);
        }
    }

    private static void ReadCharacters(ReadOnlySpan<ushort> units, byte field, uint seed, FeatureList features)
    {
        for (var start = 0; start < units.Length; start++)
        {
            var hash = seed;
            var end = Math.Min(units.Length, start + LongestGram);
            for (var at = start; at < end && units[at] != 0; at++)
            {
                hash = FeatureKey.Step(hash, units[at]);
                features.AddGram(FeatureKey.Finish(hash), new GramPlace(field, (ushort)start, (ushort)(at + 1 - start)));
            }
        }
    }

    private void ReadWords(ReadOnlySpan<char> text, byte field, FeatureList features)
    {
        _words.Clear();
        segmenter.Cut(text, SegmentMode.Accurate, hmm: false, _words);
        var (before, last) = (default(Word), default(Word));
        foreach (var span in _words)
        {
            if (_read[span.Start] == 0)
            {
                (before, last) = (default, default);
                continue;
            }

            var word = new Word(Hash(span), span.Start);
            if (span.Length > 1)
            {
                features.AddGram(FeatureKey.Finish(FeatureKey.Step(WordSeed, word.Hash)), Place(span.Start, span.End));
            }

            if (last.Hash != 0)
            {
                var pair = FeatureKey.Step(FeatureKey.Step(WordSeed + 1, last.Hash), word.Hash);
                features.AddGram(FeatureKey.Finish(pair), Place(last.Start, span.End));
                if (before.Hash != 0)
                {
                    var three = FeatureKey.Step(FeatureKey.Step(FeatureKey.Step(WordSeed + 2, before.Hash), last.Hash), word.Hash);
                    features.AddGram(FeatureKey.Finish(three), Place(before.Start, span.End));
                }
            }

            (before, last) = (last, word);
        }

        GramPlace Place(int start, int end) => new(field, (ushort)start, (ushort)(end - start));
    }

    private uint Hash(WordSpan span)
    {
        var hash = CharacterSeed;
        foreach (var unit in _read.AsSpan(span.Start, span.Length))
        {
            hash = FeatureKey.Step(hash, unit);
        }

        return FeatureKey.Finish(hash);
    }

    private static ushort[] BuildUnits()
    {
        var units = new ushort[char.MaxValue + 1];
        for (var unit = 0; unit < units.Length; unit++)
        {
            var read = (char)unit;
            units[unit] = char.IsAsciiDigit(read) ? '0'
                : char.IsLetterOrDigit(read) || char.IsSurrogate(read) || read is '?' or '%' ? read
                : '\0';
        }

        return units;
    }

    /// <param name="Hash">0 for none.</param>
    private readonly record struct Word(uint Hash, int Start);
}
