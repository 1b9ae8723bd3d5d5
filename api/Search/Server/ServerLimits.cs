namespace Surveillance.Api.Search.Server;

/// <summary>How long a request the server takes. A server may cut the connection of a longer one without an answer, which looks like one that is away.</summary>
internal sealed class ServerLimits(ServerCalls calls)
{
    // What both products take unless they are told otherwise.
    private const long UsualBytes = 100 * 1024 * 1024;

    private long? _longest;

    /// <summary>The least of all nodes; asked once.</summary>
    public async Task<long> LongestRequestBytesAsync(CancellationToken cancellationToken)
    {
        if (_longest is { } known)
        {
            return known;
        }

        // Whoever may only write is not told; then it is the usual.
        using var answer = await calls.AskAsync(ServerRequest.Get("_nodes/http?filter_path=nodes.*.http.max_content_length_in_bytes") with { MayBeForbidden = true }, cancellationToken);
        var lengths = answer.Root.Child("nodes").Members().Select(node => node.Value.Child("http").Child("max_content_length_in_bytes").Whole()).OfType<long>().ToList();
        _longest = lengths.Count > 0 ? lengths.Min() : UsualBytes;
        return _longest.Value;
    }
}
