using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules;

/// <summary>A regulated certificate and how people name it (<c>items.yaml</c>).</summary>
/// <param name="Name">E.g. 低压电工证.</param>
internal sealed record Item(string Name, IReadOnlyList<Pattern> Patterns);
