using System.Text.Json;
using System.Text.Json.Nodes;

namespace Surveillance.Api.Search.Server;

/// <summary>One request to the server. Each of ours may be sent twice without harm, since an attempt that seemed to fail may have done its work.</summary>
/// <param name="Path">Below the server's address, without a leading slash.</param>
internal sealed record ServerRequest(HttpMethod Method, string Path, ReadOnlyMemory<byte> Body = default)
{
    public static ServerRequest Get(string path) => new(HttpMethod.Get, path);

    public static ServerRequest Delete(string path, JsonNode? body = null) => new(HttpMethod.Delete, path, Bytes(body));

    public static ServerRequest Post(string path, JsonNode? body = null) => new(HttpMethod.Post, path, Bytes(body));

    public static ServerRequest Put(string path, JsonNode body) => new(HttpMethod.Put, path, Bytes(body));

    /// <param name="lines">One JSON object a line.</param>
    public static ServerRequest Bulk(string path, ReadOnlyMemory<byte> lines) => new(HttpMethod.Post, path, lines) { IsLines = true };

    public bool IsLines { get; private init; }

    /// <summary>Whether the caller, where the answer is too long, knows what to do.</summary>
    public bool MayAskForLess { get; init; }

    /// <summary>Whether credentials that are not enough for it are an answer rather than the end.</summary>
    public bool MayBeForbidden { get; init; }

    /// <summary>Whether a person waits for the answer.</summary>
    public bool IsAwaited { get; init; }

    private static ReadOnlyMemory<byte> Bytes(JsonNode? body) => body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body);
}
