using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Model;

/// <summary>The features of one listing, reused from listing to listing; not thread safe.</summary>
internal sealed class FeatureList
{
    /// <summary>A fact's value; an n-gram's is at most an eighth. Small, since the rules were written with sight of the training texts: what they say there is too good.</summary>
    public const double FactValue = 0.07;

    /// <summary>A word set's value.</summary>
    public const double SymbolValue = 0.025;

    private uint[] _gramKeys = new uint[2048];
    private GramPlace[] _gramPlaces = new GramPlace[2048];
    private readonly List<uint> _facts = [];
    private readonly List<uint> _symbols = [];

    /// <summary>How many n-grams there are.</summary>
    public int GramCount { get; private set; }

    /// <summary>The n-grams' keys; those that occur again stand there again. See <see cref="FeatureKey"/>.</summary>
    public ReadOnlySpan<uint> GramKeys => _gramKeys.AsSpan(0, GramCount);

    /// <summary>Where each n-gram stands.</summary>
    public ReadOnlySpan<GramPlace> GramPlaces => _gramPlaces.AsSpan(0, GramCount);

    public ReadOnlySpan<uint> Facts => CollectionsMarshal.AsSpan(_facts);

    /// <summary>The rules' word sets that occur.</summary>
    public ReadOnlySpan<uint> Symbols => CollectionsMarshal.AsSpan(_symbols);

    /// <summary>The value of every n-gram: the vector of a usual listing has about unit length, and one with few words weighs each no more than one with sixty.</summary>
    public double GramValue => 1 / Math.Sqrt(Math.Clamp(GramCount, 60, 600));

    public void Clear()
    {
        GramCount = 0;
        _facts.Clear();
        _symbols.Clear();
    }

    public void AddGram(uint key, GramPlace place)
    {
        if (GramCount == _gramKeys.Length)
        {
            Array.Resize(ref _gramKeys, 2 * GramCount);
            Array.Resize(ref _gramPlaces, 2 * GramCount);
        }

        (_gramKeys[GramCount], _gramPlaces[GramCount]) = (key, place);
        GramCount++;
    }

    public void AddSymbol(uint key) => _symbols.Add(key);

    public void AddFact(uint key) => _facts.Add(key);
}

/// <summary>Where an n-gram stands.</summary>
/// <param name="Field">By its place among the listing's fields.</param>
/// <param name="Start">In the normalised text.</param>
internal readonly record struct GramPlace(byte Field, ushort Start, ushort Length);
