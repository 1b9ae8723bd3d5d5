using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules;

/// <summary>A named condition on a whole listing (<c>contexts.yaml</c>), e.g. <c>offer</c>: someone sells training or a certificate here.</summary>
/// <param name="Patterns">Any of them counts.</param>
/// <param name="AtLeast">How many places the patterns must match together.</param>
/// <param name="Any">Each of these holds in place of the patterns.</param>
/// <param name="All">All of these must hold besides.</param>
/// <param name="None">None of these may hold.</param>
internal sealed record Context(
    string Name,
    IReadOnlyList<Pattern> Patterns,
    Fields Fields,
    int AtLeast,
    IReadOnlyList<Condition> Any,
    IReadOnlyList<Condition> All,
    IReadOnlyList<Condition> None);

/// <summary>Something that may hold of a listing.</summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>A context by its place in the file.</summary>
    public sealed record InContext(int Index) : Condition;

    public sealed record Knows(Fact Fact) : Condition;

    /// <summary>The listing names a certificate, by its place in <c>items.yaml</c>.</summary>
    public sealed record NamesItem(int Index) : Condition;
}
