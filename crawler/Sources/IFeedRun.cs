using Surveillance.Crawler.Frontier;

namespace Surveillance.Crawler.Sources;

/// <summary>Brings in what lies in the folder of a source of kind <see cref="SourceKind.Feed"/>. Implemented by <c>api/Listings</c>.</summary>
public interface IFeedRun
{
    /// <summary>One run. Cancelling ends it as interrupted and returns its summary; it does not throw.</summary>
    Task<CrawlOutcome> RunAsync(SourceDefinition source, CancellationToken cancellationToken);
}
