namespace Surveillance.Classifier.Laws;

/// <summary>Something done that several laws may forbid (违法行为).</summary>
/// <param name="Id">As rules name it, e.g. <c>guarantee-in-education-ad</c>.</param>
/// <param name="Name">What an officer reads.</param>
/// <param name="Consequence">What may follow, in the words of the penalty articles, shortened.</param>
public sealed record Conduct(string Id, string Name, string Consequence)
{
    /// <summary>In the order in which they are cited.</summary>
    internal IReadOnlyList<ConductBasis> Bases { get; init; } = [];
}

/// <summary>Where one law forbids a conduct, which may move between versions.</summary>
/// <param name="Places">In the order of their versions, or one without a version that holds for all.</param>
internal sealed record ConductBasis(Instrument Law, IReadOnlyList<(DateOnly? Adopted, LawPlace Place, PenaltyPlace? Penalty)> Places);

/// <summary>条款项 within some version.</summary>
internal sealed record LawPlace(string? Article, int? Paragraph, int? Item);

/// <summary>Where the consequence stands.</summary>
/// <param name="Law">Null where it is the law of the basis.</param>
internal sealed record PenaltyPlace(Instrument? Law, LawPlace Place);
