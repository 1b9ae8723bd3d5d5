namespace Surveillance.Api.Operators;

/// <summary>Groups in the running server what crawls and imports have filed, a few seconds later.</summary>
internal sealed class OperatorWatch(OperatorGrouping grouping, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(3);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            grouping.CatchUp(stoppingToken);
        }
    }
}
