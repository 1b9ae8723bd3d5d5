using System.Text.Json.Serialization;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>One assessed listing as the index holds it: a contract (DESIGN section 5), read by Kibana and OpenSearch Dashboards too. JSON by <see cref="ContractJson"/>.</summary>
/// <remarks>Made from the records alone by <c>IndexDocuments</c>; unknown values are null and left out.</remarks>
public sealed record IndexDocument
{
    /// <summary>The listing's own id, 20 hexadecimal digits; <c>_id</c> of the document.</summary>
    public required string Id { get; init; }

    /// <summary>The outbox number of the state that this is, from 1. Not in the JSON (which would refuse a required member that it ignores): the engine's external version.</summary>
    [JsonIgnore]
    public long Version { get; init; }

    public string? Platform { get; init; }

    public string? ItemId { get; init; }

    public string? Url { get; init; }

    public required string Kind { get; init; }

    /// <summary>The source that saw it first.</summary>
    public required string Source { get; init; }

    public string? Seller { get; init; }

    public string? Location { get; init; }

    /// <summary>Province, e.g. <c>广东</c>; null where the location names none.</summary>
    public string? Region { get; init; }

    public double? Price { get; init; }

    public string? Currency { get; init; }

    public IReadOnlyList<string> Items { get; init; } = [];

    public required Decision Decision { get; init; }

    /// <summary>The lead's: <c>new</c>, <c>confirmed</c> or <c>rejected</c>; null where the listing has no lead.</summary>
    public string? State { get; init; }

    public required double Risk { get; init; }

    public required string RulesVersion { get; init; }

    public string? ModelVersion { get; init; }

    /// <summary>Digest of the capture that it was last seen in; null for what was imported from a file.</summary>
    public string? Capture { get; init; }

    public DateTimeOffset? CapturedAt { get; init; }

    /// <summary>UTC, whole milliseconds, as <see cref="LastSeen"/>.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>As observed.</summary>
    public string? Title { get; init; }

    public string? Text { get; init; }

    /// <summary>What matching reads: see <see cref="Search.Grams"/>. Engines need not give it back: documents that were read from an index may come without.</summary>
    public IReadOnlyList<string> Grams { get; init; } = [];

    /// <summary>Our words of the normalised title and text, joined by spaces; for statistics.</summary>
    public string? Words { get; init; }

    public IReadOnlyList<IndexedFinding> Findings { get; init; } = [];

    public IReadOnlyList<IndexedContact> Contacts { get; init; } = [];

    public IReadOnlyList<string> CaseIds { get; init; } = [];

    /// <summary>Whether officers work on it: it has a lead, and not one that was never decided and whose listing no longer looks unlawful.</summary>
    [JsonIgnore]
    public bool IsLead => State is not null && !(State == "new" && Decision == Decision.Clear);
}

/// <param name="Text">The first passage as it stands there; null where there is none.</param>
/// <param name="Canonical">As the rules read it.</param>
/// <param name="Law">The first legal basis.</param>
public sealed record IndexedFinding(string Type, string? Rule, double Score, IReadOnlyList<string> Sources, string? Text, string? Canonical, string? Law, string? Article);

public sealed record IndexedContact(string Kind, string Value);
