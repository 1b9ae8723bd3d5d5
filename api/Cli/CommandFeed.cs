using System.Globalization;
using Surveillance.Api.Search.Feeding;

namespace Surveillance.Api.Cli;

/// <summary>Keeps the index up with what a command files: sends in the background while the command works, and what is left at its end.</summary>
internal sealed class CommandFeed : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private readonly IServiceProvider _services;
    private readonly TextWriter _error;
    private readonly Task _running;

    private CommandFeed(IServiceProvider services, TextWriter error)
    {
        (_services, _error) = (services, error);
        _running = Task.Run(() => services.GetRequiredService<IndexFeed>().RunAsync(failure => error.WriteLine($"index: {failure.Message}"), _stopping.Token));
    }

    /// <exception cref="Search.SearchUnusableException">A person must mend the index first.</exception>
    public static async Task<CommandFeed> StartAsync(IServiceProvider services, CommandStreams streams, CancellationToken cancellationToken)
    {
        await services.GetRequiredService<IndexGate>().OpenAsync(cancellationToken);
        return new CommandFeed(services, streams.Error);
    }

    /// <summary>Sends what the command filed, and says in one sentence what could not be sent; a command that was interrupted leaves it to the next.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        if (!await _services.GetRequiredService<IndexFeed>().CatchUpAsync(Patience, cancellationToken))
        {
            await _error.WriteLineAsync(Describe(_services.GetRequiredService<IndexGate>().Now, _services.GetRequiredService<Outbox>().Lag()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    /// <summary>Why the index is not in use, and how far behind it is; one sentence.</summary>
    internal static string Describe(IndexCondition condition, IndexLag lag)
    {
        var waiting = lag.Waiting == 1 ? "1 change waits" : string.Create(CultureInfo.InvariantCulture, $"{lag.Waiting} changes wait");
        return condition switch
        {
            { Problem: { } problem } => $"the index can't be used, {waiting} to be sent once it is back: {problem}",
            { IsOutdated: true, Status: { } status } =>
                $"the index {status.Index} has schema {status.SchemaVersion}, this program's is {Search.IndexSchema.Version}: run surveil reindex; {waiting}",
            _ => $"the index is behind, {waiting}",
        };
    }

    private async Task StopAsync()
    {
        await _stopping.CancelAsync();
        try
        {
            await _running;
        }
        catch (OperationCanceledException)
        {
            // As it was told.
        }
    }
}
