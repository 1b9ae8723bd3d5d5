using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Surveillance.Classifier;

/// <summary>What the program thinks of one listing under one set of rules on one day (研判). DESIGN section 5, "classify".</summary>
/// <param name="Id">As the listing gave it.</param>
/// <param name="Risk">The strongest finding's score after counter-evidence, 0 to 1, rounded to four places.</param>
/// <param name="On">The day whose law was applied: the listing's own, else the caller's.</param>
/// <param name="Items">Regulated certificates that the listing names, e.g. <c>低压电工证</c>.</param>
/// <param name="Findings">One a type, strongest first; none below the review threshold.</param>
/// <param name="Contacts">Found in title and text, in reading order.</param>
/// <param name="RulesVersion">Digest of rules, laws and lexicon: the same version means the same bytes.</param>
/// <param name="ModelVersion">Null when only rules were used.</param>
public sealed record Assessment(
    string? Id,
    Decision Decision,
    double Risk,
    DateOnly On,
    ImmutableArray<string> Items,
    ImmutableArray<Finding> Findings,
    ImmutableArray<Contact> Contacts,
    string RulesVersion,
    string? ModelVersion)
{
    /// <summary>
    /// How near the decision was to falling otherwise: 1 on the threshold; leads with the highest teach most when an officer decides on them. Null without
    /// findings. No part of the JSON: the record store keeps it beside it.
    /// </summary>
    [JsonIgnore]
    public double? Uncertainty { get; init; }
}

/// <summary>What follows from an assessment; a person decides, this only ranks.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Decision>))]
public enum Decision
{
    /// <summary>No lead.</summary>
    [JsonStringEnumMemberName("clear")]
    Clear,

    /// <summary>A finding comes near its threshold or is outweighed.</summary>
    [JsonStringEnumMemberName("review")]
    Review,

    /// <summary>A finding reaches its type's threshold and nothing outweighs it.</summary>
    [JsonStringEnumMemberName("flag")]
    Flag,
}

/// <summary>One violation type on one listing (涉嫌违法点).</summary>
/// <param name="Type">The violation type's id, e.g. <c>guarantee</c> (DESIGN section 4).</param>
/// <param name="Score">Probability after counter-evidence, rounded to four places.</param>
/// <param name="Rule">The strongest rule's id, null when the model alone speaks.</param>
/// <param name="Rules">All rules that matched, strongest first.</param>
/// <param name="Sources"><c>rule</c>, <c>model</c> or both.</param>
/// <param name="Spans">In reading order: title before text, then by start.</param>
/// <param name="Against">Counter-evidence that speaks against this finding.</param>
public sealed record Finding(
    string Type,
    double Score,
    string? Rule,
    ImmutableArray<string> Rules,
    ImmutableArray<string> Sources,
    ImmutableArray<Span> Spans,
    ImmutableArray<CitedBasis> Basis,
    ImmutableArray<CounterEvidence> Against);

/// <summary>A passage of the original text.</summary>
/// <param name="Field"><c>title</c>, <c>text</c> or <c>seller</c>.</param>
/// <param name="Start">First UTF-16 code unit of the original, from 0.</param>
/// <param name="End">After the last one (half open).</param>
/// <param name="Text">The passage as it stands there.</param>
/// <param name="Canonical">As the rules read it, e.g. <c>包过</c> for 报过.</param>
/// <param name="Fold">The kind of the first fold that was needed to read it so; null where none was.</param>
public sealed record Span(string Field, int Start, int End, string Text, string? Canonical = null, string? Fold = null);

/// <summary>Something that speaks against a finding.</summary>
/// <param name="Kind"><c>denial</c>, <c>quotation</c>, <c>prohibition</c>, <c>question</c>, <c>report</c>, <c>recruitment</c>, <c>exam-bank</c> or <c>official</c>.</param>
public sealed record CounterEvidence(string Kind, ImmutableArray<Span> Spans);

/// <summary>A contact found in the text, also where it was hidden (薇❤, 一三八零…).</summary>
/// <param name="Kind"><c>phone</c>, <c>wechat</c>, <c>qq</c>, <c>group</c>, <c>link</c> or <c>qr</c>.</param>
/// <param name="Value">Normalised: digits as digits, no separators.</param>
/// <param name="Field"><c>title</c> or <c>text</c>.</param>
/// <param name="Start">First UTF-16 code unit of the original, from 0.</param>
/// <param name="End">After the last one (half open).</param>
public sealed record Contact(string Kind, string Value, string Field, int Start, int End);

/// <summary>A legal basis as cited on a day.</summary>
/// <param name="Law">Official title in Chinese, without book-title marks.</param>
/// <param name="Article">条 as the law numbers it, <c>"24"</c> or <c>"284之一"</c>; null where the instrument has none.</param>
/// <param name="Paragraph">款, counted from one, or null for the whole article.</param>
/// <param name="Item">项 within the paragraph, or null for the whole paragraph.</param>
/// <param name="Effective">From when the cited version applies; null when no loaded version applies.</param>
/// <param name="Status"><c>verified</c> where the cited passage stands in a loaded text in force that day, else <c>待核</c>.</param>
/// <param name="Later">From when a later loaded version applies, else null (行政处罚法 37: the lighter one may count).</param>
/// <param name="Penalty">Where the consequence is laid down, in the same law unless it names another.</param>
public sealed record CitedBasis(
    string Law,
    string? Article,
    int? Paragraph,
    int? Item,
    DateOnly? Effective,
    string Status,
    DateOnly? Later,
    CitedPenalty? Penalty);

/// <summary>Where the consequence of a violation is laid down.</summary>
/// <param name="Law">Null where it is the law of the basis.</param>
public sealed record CitedPenalty(
    string? Article,
    int? Paragraph,
    int? Item,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Law = null);
