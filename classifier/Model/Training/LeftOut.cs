namespace Surveillance.Classifier.Model.Training;

/// <summary>What a model does on listings of a voice or source of which it has seen none.</summary>
public sealed record LeftOut(string Name, Tally Tally);

/// <summary>Listings by what they are and what was said of them; arguable ones are not counted.</summary>
/// <param name="Found">Violating and flagged.</param>
/// <param name="InReview">Violating, not flagged, but listed for an officer.</param>
public sealed record Tally(int Violating, int Found, int InReview, int Lawful, int LawfulFlagged, int LawfulInReview);
