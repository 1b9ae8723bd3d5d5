using System.Security.Authentication;
using System.Text.Json;

namespace Surveillance.Api.Search.Server;

/// <summary>Sends one request at a time, once, and says how it ended.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class ServerConnection(SearchServerOptions options, TimeProvider time) : IDisposable
{
    // The largest document that a server takes by default is 100 MB; an answer of many is asked for again in smaller parts.
    private const int LongestAnswerBytes = 160 * 1024 * 1024;
    private const string ProductHeader = "X-elastic-product";

    private readonly HttpClient _client = ServerTransport.Client(options);

    /// <exception cref="SearchUnusableException">The certificate or the credentials are refused, or the server sends us elsewhere.</exception>
    public async Task<ServerReply> SendAsync(ServerRequest request, CancellationToken cancellationToken)
    {
        var timeout = options.PatienceFor(request).Timeout;
        using var limit = new CancellationTokenSource(timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var message = Message(request);
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            return await ReadAsync(request, response, both.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new ServerReply.Failed(limit.IsCancellationRequested ? $"no answer within {timeout.TotalSeconds:0.#} s" : "no connection in time");
        }
        catch (HttpRequestException error) when (error is { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: AuthenticationException refused })
        {
            throw new SearchUnusableException($"expected a certificate that can be trusted from the search server {options.Name}: {refused.Message}", error);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new ServerReply.Failed(Reason(error));
        }
    }

    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage Message(ServerRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Path);
        if (!request.Body.IsEmpty)
        {
            message.Content = new ReadOnlyMemoryContent(request.Body);
            message.Content.Headers.ContentType = new(request.IsLines ? "application/x-ndjson" : "application/json");
        }

        return message;
    }

    private async Task<ServerReply> ReadAsync(ServerRequest request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        if (status is >= 300 and < 400)
        {
            throw new SearchUnusableException($"expected the search server itself at {options.Name}, found a redirection (status {status})");
        }

        if (await BodyAsync(response, cancellationToken) is not { } body)
        {
            return new ServerReply.TooLong();
        }

        var answer = new ServerAnswer(status, Json(body));
        if (status == 401 || (status == 403 && !request.MayBeForbidden && answer.ErrorType != "cluster_block_exception"))
        {
            using (answer)
            {
                throw new SearchUnusableException($"expected credentials that the search server {options.Name} takes: it answers with status {status}");
            }
        }

        return new ServerReply.Answered(answer, Product(response), RetryAfter(response));
    }

    /// <summary>Null where it is too long.</summary>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > LongestAnswerBytes)
        {
            return null;
        }

        var body = new MemoryStream((int)(response.Content.Headers.ContentLength ?? 0));
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var part = new byte[64 * 1024];
        for (int read; (read = await stream.ReadAsync(part, cancellationToken)) > 0;)
        {
            if (body.Length + read > LongestAnswerBytes)
            {
                return null;
            }

            body.Write(part, 0, read);
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static JsonDocument? Json(ReadOnlyMemory<byte> body)
    {
        try
        {
            return body.IsEmpty ? null : JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            // No JSON is an answer too: of another product, of a proxy, or one that broke off (ServerCalls tells which).
            return null;
        }
    }

    private static string? Product(HttpResponseMessage response) =>
        response.Headers.TryGetValues(ProductHeader, out var values) ? values.FirstOrDefault() : null;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow(),
        _ => null,
    };

    private static string Reason(Exception error)
    {
        while (error.InnerException is { } inner)
        {
            error = inner;
        }

        return error.Message;
    }
}
