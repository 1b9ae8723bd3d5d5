using System.Globalization;
using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Text.Compilation;

/// <summary>Compiles the inverse document frequencies that keywords are weighed by.</summary>
internal static class DocumentTables
{
    private const string Name = "nodejieba/submodules/cppjieba/dict/idf.utf8";

    public static void Read(string nodeModules, byte[][] sections)
    {
        var weights = new SortedDictionary<ulong, (string Word, double Weight)>();
        foreach (var (number, line) in TextCompiler.Lines(nodeModules, Name))
        {
            if (line.Split(' ') is not [{ Length: > 0 } word, var digits]
                || !double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
            {
                throw new InvalidDataException($"expected a word and its weight in {Name}, line {number}: {line}");
            }

            var hash = DocumentFrequencies.Hash(word);
            if (weights.TryGetValue(hash, out var other) && other.Word != word)
            {
                throw new InvalidDataException($"{word} and {other.Word} of {Name} have one hash; choose another hash");
            }

            weights[hash] = (word, weight);
        }

        double[] sorted = [.. weights.Values.Select(entry => entry.Weight).Order()];
        sections[(int)TextSection.DocumentHashes] = TextCompiler.Bytes<ulong>([.. weights.Keys]);
        sections[(int)TextSection.DocumentWeights] = TextCompiler.Bytes<double>([.. weights.Values.Select(entry => entry.Weight), sorted[sorted.Length / 2]]);
    }
}
