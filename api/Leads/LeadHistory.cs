using System.Collections.Immutable;

namespace Surveillance.Api.Leads;

/// <summary>Which decisions on a lead are in force, told from its events.</summary>
internal static class LeadHistory
{
    /// <summary>The decisions that neither an undo took back nor a reopening ended, the latest first.</summary>
    public static IReadOnlyList<LeadEvent> InForce(IEnumerable<LeadEvent> events)
    {
        var decisions = new Stack<LeadEvent>();
        foreach (var entry in events)
        {
            switch (entry.Action)
            {
                case LeadAction.Open or LeadAction.Reopen:
                    decisions.Clear();
                    break;
                case LeadAction.Undo:
                    decisions.Pop();
                    break;
                default:
                    decisions.Push(entry);
                    break;
            }
        }

        return [.. decisions];
    }

    /// <summary>What a decision makes of a lead; null where it changes nothing.</summary>
    public static LeadStanding? Next(
        LeadRuling ruling,
        ImmutableArray<string> seenTypes,
        LeadStanding now,
        IReadOnlyList<LeadEvent> inForce,
        DateTimeOffset at) =>
        ruling.Decision switch
        {
            LeadDecision.Confirm when now.State != LeadState.Confirmed =>
                new LeadStanding(LeadState.Confirmed, null, ruling.Actor, at, seenTypes, now.Revision + 1),
            LeadDecision.Reject reject when now.State != LeadState.Rejected || now.Reason != reject.Reason =>
                new LeadStanding(LeadState.Rejected, reject.Reason, ruling.Actor, at, seenTypes, now.Revision + 1),
            LeadDecision.Undo when inForce.Count > 1 => Restored(inForce[1], now.Revision + 1),
            LeadDecision.Undo when inForce.Count == 1 => new LeadStanding(LeadState.New, null, null, null, [], now.Revision + 1),
            _ => null,
        };

    private static LeadStanding Restored(LeadEvent decision, int revision) =>
        new(decision.To, decision.Reason, decision.Actor, decision.At, decision.Types, revision);
}
