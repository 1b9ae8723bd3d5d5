using System.Net;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Fetching;

/// <summary>What the pages of one run share while they are fetched: their source, its pace of the moment and its cookies.</summary>
/// <remarks>Thread safe. Cookies never leave the run, so no source sees another's.</remarks>
internal sealed class SourceSession(SourceDefinition source, Func<SourceRate> pace)
{
    public SourceDefinition Source => source;

    public SourceRate Pace => pace();

    public CookieContainer Cookies { get; } = new();
}
