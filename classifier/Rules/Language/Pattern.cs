namespace Surveillance.Classifier.Rules.Language;

/// <summary>A sequence of elements that must follow each other within given distances, inside one sentence.</summary>
/// <param name="Source">As the file writes it.</param>
/// <param name="Elements">At least one that is no <see cref="AbsentElement"/>.</param>
internal sealed record Pattern(string Source, IReadOnlyList<PatternElement> Elements)
{
    /// <summary>Symbols that must occur in a field for the pattern to match there; never empty.</summary>
    public int[] Needs { get; } = [.. Elements.OfType<TermElement>().Select(element => element.Symbol).Distinct()];
}

/// <summary>One element of a pattern.</summary>
/// <param name="Gap">How many UTF-16 units of normalised text may lie between it and the element before.</param>
internal abstract record PatternElement(int Gap);

/// <summary>Any term of a symbol.</summary>
internal sealed record TermElement(int Symbol, int Gap) : PatternElement(Gap);

/// <summary>A number from <paramref name="Min"/> to <paramref name="Max"/>, in digits or Chinese numerals; decimals are cut off.</summary>
internal sealed record NumberElement(int Min, int Max, int Gap) : PatternElement(Gap);

/// <summary>No term of a symbol begins within the gap after the element before; as the first element: none ends within <paramref name="Reach"/> before the next.</summary>
internal sealed record AbsentElement(int Symbol, int Gap, int Reach) : PatternElement(Gap);
