using System.Diagnostics;

namespace Surveillance.Api.Search.Server;

/// <summary>Asks the server, again where it is busy or away, as long as patience lasts; and knows which product it is.</summary>
/// <remarks>Thread safe.</remarks>
internal sealed class ServerCalls(SearchServerOptions options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private readonly ServerConnection _connection = new(options, time);
    private readonly SemaphoreSlim _greeting = new(1);
    private volatile ServerProduct? _product;

    /// <summary>Product and version; the address before it has answered.</summary>
    public string Name => _product?.Name ?? options.Name;

    /// <summary>Asks <c>GET /</c> until that has answered once.</summary>
    /// <exception cref="SearchUnavailableException">It does not answer.</exception>
    /// <exception cref="SearchUnusableException">It is not a server that we can use.</exception>
    public async Task<ServerProduct> GreetAsync(bool isAwaited, CancellationToken cancellationToken)
    {
        if (_product is { } known)
        {
            return known;
        }

        await _greeting.WaitAsync(cancellationToken);
        try
        {
            return _product ??= await PatientlyAsync(ServerRequest.Get("") with { IsAwaited = isAwaited }, reply => ServerProduct.Of(reply.Answer, reply.Product, options.Name), cancellationToken);
        }
        finally
        {
            _greeting.Release();
        }
    }

    /// <summary>The answer, for the caller to dispose of: a success, or a refusal that only the caller can read.</summary>
    /// <exception cref="SearchUnavailableException">There was none, or only ones of 429 and 500 to 599, as long as patience lasted.</exception>
    /// <exception cref="SearchUnusableException">It is not a server that we can use.</exception>
    /// <exception cref="AnswerTooLongException">The answer is longer than we take, to a request that may ask for less.</exception>
    public async Task<ServerAnswer> AskAsync(ServerRequest request, CancellationToken cancellationToken)
    {
        await GreetAsync(request.IsAwaited, cancellationToken);
        return await PatientlyAsync(request, reply => reply.Answer, cancellationToken);
    }

    /// <summary>As <see cref="AskAsync"/>, where a refusal means that the server can't be used so.</summary>
    public async Task<ServerAnswer> DemandAsync(ServerRequest request, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(request, cancellationToken);
        return answer.IsSuccess ? answer : throw Refused(answer);
    }

    /// <summary>What a refusal means that no caller expects; disposes of the answer.</summary>
    public Exception Refused(ServerAnswer answer)
    {
        using (answer)
        {
            // Somebody removed what we had found there a moment ago, or the server blocks writing while its disk is full.
            return answer.Status is 403 or 404 or >= 500
                ? new SearchUnavailableException($"the search server {options.Name} can't do this now: {answer.Error}")
                : new SearchUnusableException($"the search server {options.Name} refuses a request: {answer.Error}");
        }
    }

    public void Dispose()
    {
        _connection.Dispose();
        _greeting.Dispose();
    }

    private async Task<T> PatientlyAsync<T>(ServerRequest request, Func<ServerReply.Answered, T> accept, CancellationToken cancellationToken)
    {
        var patience = options.PatienceFor(request).InAll;
        var began = time.GetTimestamp();
        for (var attempt = 0; ; attempt++)
        {
            string reason;
            TimeSpan? asked = null;
            switch (await _connection.SendAsync(request, cancellationToken))
            {
                case ServerReply.Answered reply when !IsPassing(reply.Answer, request):
                    return accept(reply);
                case ServerReply.Answered reply:
                    (reason, asked) = (reply.Answer.IsSuccess ? "its answer broke off" : reply.Answer.Error, reply.RetryAfter);
                    reply.Answer.Dispose();
                    break;
                case ServerReply.Failed failed:
                    reason = failed.Reason;
                    break;
                case ServerReply.TooLong when request.MayAskForLess:
                    throw new AnswerTooLongException($"the search server {options.Name} answers more at once than we take");
                case ServerReply.TooLong:
                    throw new SearchUnusableException($"expected an answer that a search server gives from {options.Name}, found one that is far too long");
                default:
                    throw new UnreachableException();
            }

            var wait = Wait(attempt, asked);
            if (time.GetElapsedTime(began) + wait > patience)
            {
                throw new SearchUnavailableException($"the search server {options.Name} is not available: {reason}") { RetryAfter = asked };
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    /// <summary>Whether asking again may bring another answer. A success that is no JSON broke off, except at the greeting, where it is another product's.</summary>
    private static bool IsPassing(ServerAnswer answer, ServerRequest request) =>
        answer.IsPassing || (answer.IsSuccess && !answer.IsJson && request.Path.Length > 0);

    private static TimeSpan Wait(int attempt, TimeSpan? asked)
    {
        var backoff = FirstWait * Math.Pow(2, Math.Min(attempt, 10));
        var wait = (backoff < LongestWait ? backoff : LongestWait) * (0.5 + (Random.Shared.NextDouble() / 2));
        return asked is { } least ? least + wait : wait;
    }
}
