using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>Inverse document frequencies by word. Thread safe.</summary>
internal sealed class DocumentFrequencies(TextResources resources)
{
    /// <summary>The word's weight, or the median of all where it is unknown, as jieba does.</summary>
    public double this[string word]
    {
        get
        {
            var place = resources.Table<ulong>(TextSection.DocumentHashes).BinarySearch(Hash(word));
            var weights = resources.Table<double>(TextSection.DocumentWeights);
            return place < 0 ? weights[^1] : weights[place];
        }
    }

    /// <summary>FNV-1a over UTF-16 units; the compiler proves that no two words of the table share one.</summary>
    public static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037;
        foreach (var unit in word)
        {
            hash = unchecked((hash ^ unit) * 1099511628211);
        }

        return hash;
    }
}
