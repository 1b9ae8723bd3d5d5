using Surveillance.Classifier.Rules;
using Surveillance.Classifier.Rules.Assessing;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Model;

/// <summary>Says what is known of a listing besides its words, as features. Thread safe.</summary>
/// <remarks>Never the id, the file, the source or the voice: what a listing is called says nothing about what it offers.</remarks>
internal sealed class FactReader
{
    private static readonly int[] PriceSteps = [1, 50, 200, 500, 1000, 3000];
    private static readonly int[] LengthSteps = [12, 25, 50, 100, 300];

    private readonly RuleSet _rules;
    private readonly uint[] _contexts;
    private readonly uint[] _counters;
    private readonly (Fact Fact, uint Key)[] _facts = [.. Enum.GetValues<Fact>().Select(fact => (fact, FeatureKey.Of($"fact:{fact}")))];
    private readonly uint[] _folds = [.. Enum.GetValues<FoldKind>().Select(kind => FeatureKey.Of($"fold:{kind}"))];
    private readonly uint[] _prices = [.. Enumerable.Range(0, PriceSteps.Length + 1).Select(band => FeatureKey.Of($"price:{band}"))];
    private readonly uint[] _lengths = [.. Enumerable.Range(0, LengthSteps.Length + 1).Select(band => FeatureKey.Of($"length:{band}"))];
    private readonly uint _manyFolds = FeatureKey.Of("folds:many");
    private readonly uint _namesItem = FeatureKey.Of("item");
    private readonly uint[] _pairs;
    private readonly (int Left, Fact Right)[] _paired;

    public FactReader(RuleSet rules)
    {
        _rules = rules;
        _contexts = [.. rules.Contexts.Select(context => FeatureKey.Of($"context:{context.Name}"))];
        _counters = [.. rules.Counters.Select(counter => FeatureKey.Of($"counter:{counter.Kind}:{counter.Reach}"))];

        // What the platform's rules forbid is a place and a thing together, which no sum of the two can say.
        _paired = [.. rules.Contexts.Index().SelectMany(context => new[] { Fact.OnMarketplace, Fact.UnofficialHost, Fact.LookalikeHost }.Select(fact => (context.Index, fact)))];
        _pairs = [.. _paired.Select(pair => FeatureKey.Of($"context:{rules.Contexts[pair.Left].Name}&{pair.Right}"))];
    }

    public void Read(Listing listing, ListingReading reading, Counterweight counterweight, FeatureList features)
    {
        foreach (var (fact, key) in _facts)
        {
            if (reading.Knows(fact))
            {
                features.AddFact(key);
            }
        }

        for (var context = 0; context < _contexts.Length; context++)
        {
            if (reading.HoldsContext(context))
            {
                features.AddFact(_contexts[context]);
            }
        }

        for (var pair = 0; pair < _pairs.Length; pair++)
        {
            if (reading.Knows(_paired[pair].Right) && reading.HoldsContext(_paired[pair].Left))
            {
                features.AddFact(_pairs[pair]);
            }
        }

        foreach (var counter in counterweight.Present)
        {
            features.AddFact(_counters[counter]);
        }

        ReadForm(listing, reading, features);
    }

    private void ReadForm(Listing listing, ListingReading reading, FeatureList features)
    {
        if (reading.Items.Any())
        {
            features.AddFact(_namesItem);
        }

        if (listing.Price is { } price)
        {
            features.AddFact(_prices[Band(PriceSteps, (int)Math.Clamp(price, 0, int.MaxValue))]);
        }

        features.AddFact(_lengths[Band(LengthSteps, (listing.Title?.Length ?? 0) + (listing.Text?.Length ?? 0))]);
        ReadFolds(reading, features);
    }

    private void ReadFolds(ListingReading reading, FeatureList features)
    {
        var (count, kinds) = (0, 0);
        foreach (var field in reading.Fields)
        {
            count += field.Normalized.Folds.Length;
            foreach (var fold in field.Normalized.Folds)
            {
                kinds |= 1 << (int)fold.Kind;
            }
        }

        for (var kind = 0; kind < _folds.Length; kind++)
        {
            if ((kinds >> kind & 1) != 0)
            {
                features.AddFact(_folds[kind]);
            }
        }

        if (count > 2)
        {
            features.AddFact(_manyFolds);
        }
    }

    private static int Band(int[] steps, int value)
    {
        var band = 0;
        while (band < steps.Length && value >= steps[band])
        {
            band++;
        }

        return band;
    }
}
