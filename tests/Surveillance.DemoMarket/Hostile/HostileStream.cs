namespace Surveillance.DemoMarket.Hostile;

/// <summary>An answer of unknown length that ends early when the reader leaves or the server stops.</summary>
internal sealed class HostileStream(string contentType, Func<Stream, CancellationToken, Task> write) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var stopping = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, httpContext.RequestAborted);
        httpContext.Response.ContentType = contentType;
        try
        {
            await write(httpContext.Response.Body, either.Token);
        }
        catch (Exception exception) when (either.IsCancellationRequested && exception is OperationCanceledException or IOException)
        {
            // The reader has seen enough, which is what these pages are for; the connection is not to be used again.
            httpContext.Abort();
        }
    }
}
