using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>One page on its way.</summary>
internal sealed class Rendering(FetchRequest request, GuardedProxy proxy)
{
    public FetchRequest Request => request;

    public GuardedProxy Proxy => proxy;

    /// <summary>Where the page itself, not one of its parts, was last sent to.</summary>
    public Uri Target { get; private set; } = request.Url;

    public void Note(IRequest sent)
    {
        if (sent.IsNavigationRequest && sent.Frame.ParentFrame is null && Uri.TryCreate(sent.Url, UriKind.Absolute, out var url))
        {
            Target = url;
        }
    }
}
