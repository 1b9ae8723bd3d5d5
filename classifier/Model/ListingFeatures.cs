using Surveillance.Classifier.Rules;
using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Segmentation;

namespace Surveillance.Classifier.Model;

/// <summary>Turns one listing after another into features. Keeps buffers; not thread safe.</summary>
internal sealed class ListingFeatures(FactReader facts, SymbolReader symbols, Segmenter segmenter)
{
    private readonly GramReader _grams = new(segmenter);

    public ListingFeatures(RuleSet rules, Segmenter segmenter)
        : this(new FactReader(rules), new SymbolReader(rules.Vocabulary), segmenter)
    {
    }

    public FeatureList Features { get; } = new();

    public void Read(Listing listing, ListingReading reading, Counterweight counterweight)
    {
        Features.Clear();
        for (var field = 0; field < reading.Fields.Count; field++)
        {
            _grams.Read(reading.Fields[field].Text, field, reading.Fields[field].IsName, Features);
        }

        symbols.Read(reading, Features);
        facts.Read(listing, reading, counterweight, Features);
    }
}
