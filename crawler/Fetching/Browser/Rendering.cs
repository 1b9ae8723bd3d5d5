using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Surveillance.Crawler.Fetching.Browser;

/// <summary>One page on its way.</summary>
internal sealed class Rendering(FetchRequest request, GuardedProxy proxy)
{
    private readonly ConcurrentQueue<IRequest> _answered = new();

    public FetchRequest Request => request;

    public GuardedProxy Proxy => proxy;

    /// <summary>Where the page itself, not one of its parts, was last sent to.</summary>
    public Uri Target { get; private set; } = request.Url;

    /// <summary>Why the page was not let go where it wanted to, null where it was.</summary>
    public string? Refusal { get; set; }

    /// <summary>Requests that scripts made for data and that were answered, in order.</summary>
    public IEnumerable<IRequest> Answered => _answered;

    public void Note(IRequest sent)
    {
        if (sent.IsNavigationRequest && sent.Frame.ParentFrame is null && Uri.TryCreate(sent.Url, UriKind.Absolute, out var url))
        {
            Target = url;
        }
    }

    public void NoteAnswered(IRequest request)
    {
        if (request.ResourceType is "xhr" or "fetch")
        {
            _answered.Enqueue(request);
        }
    }
}
