using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Surveillance.Classifier;

namespace Surveillance.Api.Leads;

/// <summary>Where a lead (线索) stands. Only a person, or a listing that changed, moves it.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeadState>))]
public enum LeadState
{
    [JsonStringEnumMemberName("new")]
    New,

    [JsonStringEnumMemberName("confirmed")]
    Confirmed,

    /// <summary>Always with a reason.</summary>
    [JsonStringEnumMemberName("rejected")]
    Rejected,
}

/// <summary>A lead's state with what a decision on it must know.</summary>
/// <param name="Reason">Why it was rejected, or reopened; else null.</param>
/// <param name="DecidedBy">Null while the state is <see cref="LeadState.New"/>, as is <paramref name="DecidedAt"/>.</param>
/// <param name="SeenTypes">The types that the officer saw when deciding; empty while new.</param>
/// <param name="Revision">Rises with every change; a decision names the one it was taken on.</param>
public sealed record LeadStanding(
    LeadState State,
    string? Reason,
    string? DecidedBy,
    DateTimeOffset? DecidedAt,
    ImmutableArray<string> SeenTypes,
    int Revision);

/// <summary>One lead as a list shows it: the listing's current version, its assessment and its state.</summary>
/// <param name="ItemId">The platform's own id, null where it has none.</param>
/// <param name="Listing">As observed last.</param>
/// <param name="LastSeen">UTC, as is <paramref name="FirstSeen"/>.</param>
public sealed record LeadRow(
    LeadId Id,
    string? ItemId,
    string SourceId,
    Listing Listing,
    Assessment Assessment,
    LeadStanding Standing,
    DateTimeOffset FirstSeen,
    DateTimeOffset LastSeen)
{
    /// <summary>The group of listings that are one operator's; null where the listing stands alone.</summary>
    public LeadId? Operator { get; init; }

    /// <summary>The listing for which this one stands again (重新上架), else null.</summary>
    public LeadId? RelistOf { get; init; }
}

/// <summary>One page of a filtered list.</summary>
/// <param name="Total">Of all pages.</param>
public sealed record LeadPage(IReadOnlyList<LeadRow> Rows, int Total);

/// <summary>A lead with everything that an officer needs to decide on it.</summary>
/// <param name="Versions">The current one, which is the row's own, then the others, latest first.</param>
/// <param name="Capture">The last one that shows the current version, null where none was made (an imported file).</param>
/// <param name="Events">Oldest first.</param>
/// <param name="CanUndo">A person's decision is in force that can be taken back.</param>
public sealed record LeadDetail(
    LeadRow Row,
    IReadOnlyList<LeadVersion> Versions,
    LeadCapture? Capture,
    IReadOnlyList<LeadEvent> Events,
    bool CanUndo);

/// <summary>One version of a listing as it was observed.</summary>
public sealed record LeadVersion(int Version, Listing Listing, DateTimeOffset SeenAt);

/// <summary>The sealed page on which a listing was seen.</summary>
/// <param name="Digest">SHA-256 of its bytes.</param>
/// <param name="Url">After redirects.</param>
public sealed record LeadCapture(string Digest, string Url, DateTimeOffset CapturedAt, string Fetcher);

/// <summary>One entry of a lead's history; entries are never changed.</summary>
/// <param name="From">Null for the opening.</param>
/// <param name="Types">The violation types that stood in the assessment as it was seen.</param>
/// <param name="Version">Of the listing.</param>
public sealed record LeadEvent(
    DateTimeOffset At,
    string Actor,
    LeadAction Action,
    LeadState? From,
    LeadState To,
    string? Reason,
    ImmutableArray<string> Types,
    int Version);

/// <summary>What changed a lead.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LeadAction>))]
public enum LeadAction
{
    [JsonStringEnumMemberName("open")]
    Open,

    [JsonStringEnumMemberName("confirm")]
    Confirm,

    [JsonStringEnumMemberName("reject")]
    Reject,

    [JsonStringEnumMemberName("undo")]
    Undo,

    /// <summary>By the program, because the listing changed so that a type appeared which the officer had not seen.</summary>
    [JsonStringEnumMemberName("reopen")]
    Reopen,
}

/// <summary>How many leads stand where.</summary>
/// <param name="NewFlagged">Of the new ones, those whose decision is <see cref="Decision.Flag"/>.</param>
public sealed record LeadCounts(int New, int NewFlagged, int Confirmed, int Rejected)
{
    [JsonIgnore]
    public int All => New + Confirmed + Rejected;
}

/// <summary>The values that leads have, for choosing filters from; each list in order.</summary>
public sealed record LeadFacets(
    IReadOnlyList<string> Platforms,
    IReadOnlyList<string> Items,
    IReadOnlyList<string> Types,
    IReadOnlyList<string> Sources);
