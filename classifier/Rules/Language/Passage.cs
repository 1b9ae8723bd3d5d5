namespace Surveillance.Classifier.Rules.Language;

/// <summary>Something that stands at a place in a normalised text.</summary>
internal interface IPassage
{
    /// <summary>First UTF-16 unit.</summary>
    int Start { get; }
}

/// <summary>A passage of a normalised text, half open.</summary>
internal readonly record struct Passage(int Start, int End) : IPassage;

/// <summary>A number as it stands in a normalised text.</summary>
internal readonly record struct NumberHit(int Start, int End, int Value) : IPassage;
