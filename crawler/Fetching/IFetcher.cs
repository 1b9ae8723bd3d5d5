namespace Surveillance.Crawler.Fetching;

/// <summary>One way to fetch a page, chosen by a source's <c>render</c> setting.</summary>
/// <remarks>Thread safe. Bounded in time and size whatever the server does. Throws only when cancelled.</remarks>
public interface IFetcher
{
    /// <summary><c>http</c> or <c>browser</c>.</summary>
    string Name { get; }

    Task<FetchOutcome> FetchAsync(FetchRequest request, CancellationToken cancellationToken);
}
