using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Model;

/// <summary>The features of one listing, reused from listing to listing; not thread safe.</summary>
internal sealed class FeatureList
{
    /// <summary>A fact's value; an n-gram's is at most an eighth.</summary>
    public const double FactValue = 0.3;

    /// <summary>A word set's value.</summary>
    public const double SymbolValue = 0.1;

    private readonly List<NGram> _grams = [];
    private readonly List<uint> _facts = [];
    private readonly List<uint> _symbols = [];

    /// <summary>Where the words are; a listing with few of them weighs each no more than one with sixty.</summary>
    public ReadOnlySpan<NGram> Grams => CollectionsMarshal.AsSpan(_grams);

    public ReadOnlySpan<uint> Facts => CollectionsMarshal.AsSpan(_facts);

    /// <summary>The rules' word sets that occur.</summary>
    public ReadOnlySpan<uint> Symbols => CollectionsMarshal.AsSpan(_symbols);

    /// <summary>The value of every n-gram: the vector of a usual listing has about unit length.</summary>
    public double GramValue => 1 / Math.Sqrt(Math.Clamp(_grams.Count, 60, 600));

    public void Clear()
    {
        _grams.Clear();
        _facts.Clear();
        _symbols.Clear();
    }

    public void Add(NGram gram) => _grams.Add(gram);

    public void AddSymbol(uint key) => _symbols.Add(key);

    public void AddFact(uint key) => _facts.Add(key);
}

/// <summary>An n-gram where it stands.</summary>
/// <param name="Key">See <see cref="FeatureKey"/>.</param>
/// <param name="Field">By its place among the listing's fields.</param>
/// <param name="Start">In the normalised text.</param>
internal readonly record struct NGram(uint Key, int Field, int Start, int Length);
