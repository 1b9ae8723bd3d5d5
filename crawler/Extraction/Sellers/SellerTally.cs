namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>How the sellers of examples were told.</summary>
/// <param name="Named">How many things have a seller on their page.</param>
/// <param name="Right">Of these, told as what they are.</param>
/// <param name="Wrong">Of these, taken for somebody else.</param>
/// <param name="Unnamed">How many things have none.</param>
/// <param name="Invented">Of these, given one.</param>
public readonly record struct SellerTally(int Named, int Right, int Wrong, int Unnamed, int Invented);
