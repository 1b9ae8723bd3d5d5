namespace Surveillance.Classifier.Segmentation;

/// <summary>Strings of the words met last, so that frequent ones are not allocated again. Thread safe: losing a race costs one allocation.</summary>
internal sealed class WordCache
{
    private const int Places = 1 << 14;

    /// <summary>Longer words hardly come twice.</summary>
    private const int LongestKept = 8;

    private readonly string?[] _words = new string?[Places];

    public string Get(ReadOnlySpan<char> word)
    {
        if (word.Length > LongestKept)
        {
            return word.ToString();
        }

        ref var place = ref _words[Place(word)];
        var kept = place;
        if (kept is null || !word.SequenceEqual(kept))
        {
            kept = word.ToString();
            place = kept;
        }

        return kept;
    }

    private static int Place(ReadOnlySpan<char> word)
    {
        var hash = (uint)word.Length;
        foreach (var unit in word)
        {
            hash = unchecked((hash ^ unit) * 0x9E3779B1);
        }

        return (int)(hash >> (32 - 14));
    }
}
