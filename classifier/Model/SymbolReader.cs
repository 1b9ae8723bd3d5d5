using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Model;

/// <summary>Reads which of the rules' word sets occur. Thread safe.</summary>
/// <remarks>A set stands for all of its words: what is learnt of one holds for those that no training text has.</remarks>
internal sealed class SymbolReader(Vocabulary vocabulary)
{
    private readonly uint[] _keys = [.. vocabulary.SymbolNames.Select(name => FeatureKey.Of($"set:{name}"))];

    public void Read(ListingReading reading, FeatureList features)
    {
        foreach (var field in reading.Fields)
        {
            if (!field.IsName)
            {
                foreach (var symbol in field.Touched)
                {
                    features.AddSymbol(_keys[symbol]);
                }
            }
        }
    }
}
