using System.Text.Json.Serialization;
using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Api.Operators;

/// <summary>Which other listings are one operator's (同一经营者), and why. What hangs together by what was observed, not who somebody is.</summary>
/// <param name="Id">The least id of the group's listings; the listing's own where it stands alone.</param>
/// <param name="Listings">Of the group, this one included.</param>
/// <param name="Leads">Of these.</param>
/// <param name="Ties">Directly tied ones first, then those behind them; no more than <see cref="OperatorStore.MostTies"/>.</param>
/// <param name="Common">Marks of the listing that too many sellers have, so that they tie nobody.</param>
/// <param name="RelistOf">The listing for which this one stands again; null where none is known.</param>
public sealed record OperatorGroup(
    LeadId Id, int Listings, int Leads, IReadOnlyList<OperatorTie> Ties, IReadOnlyList<CommonMark> Common, RelistedListing? RelistOf);

/// <summary>One listing of the group.</summary>
/// <param name="State">Null where the listing is no lead.</param>
/// <param name="Via">The listing of the group through which it is tied; null where it is tied directly.</param>
/// <param name="Reasons">Why it is tied, to the lead or to <paramref name="Via"/>.</param>
public sealed record OperatorTie(
    LeadId Id, string? ItemId, string? Platform, string? Title, string? Seller, Decision Decision, LeadState? State, LeadId? Via, IReadOnlyList<TieReason> Reasons);

/// <summary>Why two listings are tied.</summary>
/// <param name="Kind">One of <see cref="MarkKind"/>.</param>
/// <param name="Value">What both have; null for wordings and pictures.</param>
/// <param name="Likeness">Of the wordings, 0.5 to 1, or of the pictures, 0.9 to 1; null for the rest.</param>
public sealed record TieReason(
    string Kind,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Likeness);

/// <summary>A mark that ties nobody.</summary>
/// <param name="Value">Null for a wording or picture.</param>
/// <param name="Sellers">How many at least have it.</param>
public sealed record CommonMark(string Kind, string? Value, int Sellers);

/// <summary>What a listing stands for again.</summary>
/// <param name="GoneAt">When its page was found gone, UTC.</param>
/// <param name="State">Null where it is no lead.</param>
public sealed record RelistedListing(LeadId Id, string? ItemId, string? Title, DateTimeOffset LastSeen, DateTimeOffset GoneAt, LeadState? State);
