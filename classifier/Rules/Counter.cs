using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules;

/// <summary>Words or facts that speak against a match (<c>counter.yaml</c>).</summary>
/// <param name="Kind">As in <see cref="CounterEvidence.Kind"/>.</param>
/// <param name="Within">For <see cref="Reach.Before"/> and <see cref="Reach.After"/>: how far from the match, in UTF-16 units.</param>
/// <param name="Strength">Share of the match's score that it takes away.</param>
/// <param name="Softened">Where this holds, <paramref name="SoftStrength"/> counts instead: a denial beside a price list is a cover.</param>
/// <param name="Types">Only these types; empty for all.</param>
internal sealed record Counter(
    string Kind,
    Reach Reach,
    int Within,
    IReadOnlyList<Pattern> Patterns,
    double Strength,
    Condition? Softened,
    double SoftStrength,
    IReadOnlySet<string> Types,
    IReadOnlyList<Condition> Requires,
    IReadOnlyList<Condition> Unless);

/// <summary>Which matches a counter speaks against. Written in kebab case.</summary>
internal enum Reach
{
    /// <summary>Those that begin shortly after it, in the same sentence.</summary>
    Before,

    /// <summary>Those that end shortly before it, in the same sentence.</summary>
    After,

    /// <summary>Those that it covers: a quotation from mark to mark, a question around the words.</summary>
    Covers,

    /// <summary>Those that hold it: a denial between what is offered and the certificate.</summary>
    Inside,

    /// <summary>Those in the same sentence.</summary>
    Sentence,

    /// <summary>All in the listing.</summary>
    Listing,
}
