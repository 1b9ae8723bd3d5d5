using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>Which leads a list holds, in which order. Every condition that is null or empty lets all pass; the others hold together.</summary>
/// <remarks>
/// Where no decision is asked for, a new lead whose listing no longer looks unlawful (<see cref="Decision.Clear"/>) is left out: nobody
/// has to work on it, and nobody has decided on it.
/// </remarks>
public sealed record LeadFilter
{
    /// <summary>Violation types; one of them must stand in the assessment.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    public IReadOnlyList<string> Platforms { get; init; } = [];

    /// <summary>Regulated certificates, e.g. <c>低压电工证</c>.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    public IReadOnlyList<LeadState> States { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>0 to 1, included, as is <see cref="RiskTo"/>.</summary>
    public double? RiskFrom { get; init; }

    public double? RiskTo { get; init; }

    /// <summary>Days in Asia/Shanghai, both ends included.</summary>
    public DayRange FirstSeen { get; init; } = new(null, null);

    /// <summary>Days in Asia/Shanghai, both ends included.</summary>
    public DayRange LastSeen { get; init; } = new(null, null);

    /// <summary>Of the same operator as this listing, itself included.</summary>
    public LeadId? Operator { get; init; }

    /// <summary>Stands in title, text, seller, item id or address, as typed; ASCII letters in either case.</summary>
    public string? Contains { get; init; }

    public LeadOrder Order { get; init; } = LeadOrder.Rank;

    /// <summary>Turns <see cref="Order"/> round; the id that breaks ties always rises.</summary>
    public bool Reversed { get; init; }
}

/// <summary>Days in Asia/Shanghai, both ends included; null is open.</summary>
public sealed record DayRange(DateOnly? From, DateOnly? To);

/// <summary>By what a list of leads is ordered.</summary>
public enum LeadOrder
{
    /// <summary>Decision, then risk, then last seen, each falling.</summary>
    Rank,

    /// <summary>Highest first.</summary>
    Risk,

    /// <summary>Unanswered ones first, and of them the most uncertain: where an officer's answer teaches most.</summary>
    Uncertain,

    /// <summary>Latest first.</summary>
    FirstSeen,

    /// <summary>Latest first.</summary>
    LastSeen,

    /// <summary>Highest first, those without a price last.</summary>
    Price,

    Title,

    Platform,

    Seller,

    State,
}
