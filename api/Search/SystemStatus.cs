using Surveillance.Api.Search.Feeding;

namespace Surveillance.Api.Search;

/// <summary>How the index is, for the page that shows it. Thread safe.</summary>
public sealed class SystemStatus(IndexGate gate, Outbox outbox)
{
    private const int MostRejected = 100;

    /// <summary>Asks the engine too, unless it is away: what feeds it asks again.</summary>
    public async Task<StatusNow> NowAsync(CancellationToken cancellationToken)
    {
        if (gate.Now.Problem is null)
        {
            await gate.AskAsync(cancellationToken);
        }

        return new StatusNow(gate.Now, outbox.Lag(), outbox.Count(), outbox.Rejected(MostRejected));
    }

    /// <summary>Lets what the index refused wait again.</summary>
    /// <returns>How many listings that are.</returns>
    public int Retry() => outbox.Retry();
}

/// <param name="Records">Assessed listings.</param>
/// <param name="Rejected">The first of those that the index refuses.</param>
public sealed record StatusNow(IndexCondition Condition, IndexLag Lag, long Records, IReadOnlyList<RejectedDocument> Rejected);
