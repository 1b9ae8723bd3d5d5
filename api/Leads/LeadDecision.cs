using System.Collections.Immutable;

namespace Surveillance.Api.Leads;

/// <summary>What a person decides on a lead.</summary>
public abstract record LeadDecision
{
    private LeadDecision()
    {
    }

    /// <summary>The listing does what the findings say; it goes on takedown lists.</summary>
    public sealed record Confirm : LeadDecision;

    /// <param name="Reason">Why the findings are wrong; never blank.</param>
    public sealed record Reject(string Reason) : LeadDecision;

    /// <summary>Takes the last decision in force back and restores the state before it.</summary>
    public sealed record Undo : LeadDecision;
}

/// <summary>A decision, by whom and on which view of the lead it was taken.</summary>
/// <param name="Revision">Of the view; a stale one is refused.</param>
/// <param name="Actor">Who decides, as the history shows it.</param>
/// <param name="SeenTypes">The types on the view; null stands for those of the assessment in force.</param>
public sealed record LeadRuling(LeadId Id, int Revision, LeadDecision Decision, string Actor, ImmutableArray<string>? SeenTypes = null);

/// <summary>How a decision on a lead ended.</summary>
public abstract record DecideOutcome
{
    private DecideOutcome()
    {
    }

    public sealed record Decided(LeadStanding Now) : DecideOutcome;

    /// <summary>The lead has changed since the view was made; nothing was changed.</summary>
    public sealed record Stale(LeadStanding Now) : DecideOutcome;

    /// <summary>It stands like that already, or there is no decision in force to undo; nothing was changed.</summary>
    public sealed record Pointless(LeadStanding Now) : DecideOutcome;

    public sealed record NotFound : DecideOutcome;
}
