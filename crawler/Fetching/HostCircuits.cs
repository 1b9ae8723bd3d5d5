using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;

namespace Surveillance.Crawler.Fetching;

/// <summary>Leaves a host alone that keeps failing, for longer each time, whichever sources ask it.</summary>
/// <remarks>Thread safe. While a host's circuit is open its gate is paused, so its pages wait in the queue and use up no attempts.</remarks>
internal sealed class HostCircuits(HostGates gates, IOptions<CrawlOptions> options, TimeProvider time)
{
    private const double FailureShare = 0.9;
    private const int LeastRequests = 8;
    private const int MostDoublings = 12;
    private static readonly TimeSpan Sampling = TimeSpan.FromMinutes(2);

    /// <summary>While one request tries a host that failed, the others look again after so long.</summary>
    private static readonly TimeSpan TryingTime = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<FetchOutcome>> _circuits = new(StringComparer.OrdinalIgnoreCase);

    /// <returns>What <paramref name="fetch"/> returned, or <see cref="FetchOutcome.Postponed"/> where the host is being left alone.</returns>
    public async Task<FetchOutcome> FetchAsync(string host, Func<CancellationToken, Task<FetchOutcome>> fetch, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            var outcome = await CircuitOf(host).ExecuteOutcomeAsync(
                static async (context, fetch) => Outcome.FromResult(await fetch(context.CancellationToken)), context, fetch);
            if (outcome.Exception is BrokenCircuitException broken)
            {
                var wait = broken.RetryAfter is { Ticks: > 0 } left ? left : TryingTime;
                return new FetchOutcome.Postponed("站点连续无法访问，暂停访问", wait);
            }

            outcome.ThrowIfException();
            return outcome.Result!;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipeline<FetchOutcome> CircuitOf(string host) => _circuits.GetOrAdd(host, Build);

    private ResiliencePipeline<FetchOutcome> Build(string host) =>
        new ResiliencePipelineBuilder<FetchOutcome> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<FetchOutcome>
            {
                FailureRatio = FailureShare,
                MinimumThroughput = LeastRequests,
                SamplingDuration = Sampling,
                BreakDurationGenerator = broken => new ValueTask<TimeSpan>(options.Value.FirstBreak * Math.Pow(2, Math.Min(broken.HalfOpenAttempts, MostDoublings))),
                ShouldHandle = ended => new ValueTask<bool>(ended.Outcome.Result is { } outcome && SpeaksAgainstHost(outcome)),
                OnOpened = opened =>
                {
                    gates.Pause(host, opened.BreakDuration);
                    return default;
                },
            })
            .Build();

    /// <summary>Our own browser's failures say nothing about the host.</summary>
    private static bool SpeaksAgainstHost(FetchOutcome outcome) => outcome switch
    {
        FetchOutcome.Failed { Error.Kind: FetchErrorKind.Network or FetchErrorKind.TimedOut } => true,
        FetchOutcome.Fetched { Status: 500 or 502 or 503 or 504 } => true,
        _ => false,
    };
}
