namespace Surveillance.Api.Search.Feeding;

/// <summary>Keeps the index up with the records in the running server.</summary>
internal sealed partial class IndexFeedWatch(IndexFeed feed, ILogger<IndexFeedWatch> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.Run(() => feed.RunAsync(error => LogFailed(logger, error), stoppingToken), stoppingToken);

    [LoggerMessage(Level = LogLevel.Error, Message = "Sending to the index failed; it is tried again")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
