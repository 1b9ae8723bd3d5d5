namespace Surveillance.Crawler.Sources;

/// <summary>A known test lead that a run of its source has to find: what recall is in operation.</summary>
/// <param name="Item">The platform's item id, or the listing's address.</param>
/// <param name="Types">Violation types that it is known to break.</param>
public sealed record SourceProbe(string Item, IReadOnlyList<string> Types);
