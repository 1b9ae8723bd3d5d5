namespace Surveillance.Api.Search;

/// <summary>What is asked for, independent of the engine (DESIGN section 5, "Query"). Terms and filters all hold together.</summary>
public sealed record SearchQuery
{
    public IReadOnlyList<SearchTerm> Terms { get; init; } = [];

    public IReadOnlyList<SearchFilter> Filters { get; init; } = [];

    /// <summary>Whether listings that are no leads are left out (<see cref="IndexDocument.IsLead"/>).</summary>
    public bool LeadsOnly { get; init; } = true;
}

/// <summary>One term: the listing's title or text contains one of the phrases, or none of them where it is excluded.</summary>
/// <param name="Phrases">The term and its synonyms, or the forms of a quoted one; at least one.</param>
public sealed record SearchTerm(IReadOnlyList<GramPhrase> Phrases, bool IsExcluded = false);

/// <summary>Units that follow one another without a gap within a title or a text (<see cref="Grams"/>).</summary>
/// <param name="Units">At least one.</param>
/// <param name="IsPrefix">Whether the last unit is only the beginning of one; such a unit is of letters or digits.</param>
/// <param name="AsTyped">Whether it is looked for in the text as written, where that differs from the normalised one, rather than in the normalised text.</param>
public sealed record GramPhrase(IReadOnlyList<string> Units, bool IsPrefix = false, bool AsTyped = false);

/// <summary>A condition on a field that is no text.</summary>
/// <param name="Field">One of <see cref="SearchField"/>.</param>
/// <param name="IsExcluded">Whether it must not hold.</param>
public abstract record SearchFilter(string Field, bool IsExcluded)
{
    /// <summary>The field has one of the values, letter by letter.</summary>
    public sealed record OneOf(string Field, IReadOnlyList<string> Values, bool IsExcluded = false) : SearchFilter(Field, IsExcluded);

    /// <summary>A number from..to, both ends included; null is open.</summary>
    public sealed record NumberRange(string Field, double? From, double? To, bool IsExcluded = false) : SearchFilter(Field, IsExcluded);

    /// <summary>Times from (included) to before (not included); null is open. Made of days in Asia/Shanghai.</summary>
    public sealed record TimeRange(string Field, DateTimeOffset? From, DateTimeOffset? Before, bool IsExcluded = false) : SearchFilter(Field, IsExcluded);
}

/// <summary>Fields that a query may filter by. <c>type</c> is <c>findings.type</c>, <c>item</c> is <c>items</c>, <c>contact</c> is <c>contacts.value</c> in the document.</summary>
public static class SearchField
{
    public const string Type = "type";
    public const string Platform = "platform";
    public const string Item = "item";
    public const string Seller = "seller";
    public const string Contact = "contact";
    public const string Region = "region";
    public const string State = "state";
    public const string Decision = "decision";
    public const string Price = "price";
    public const string Risk = "risk";
    public const string FirstSeen = "first_seen";

    public static IReadOnlyList<string> All { get; } = [Type, Platform, Item, Seller, Contact, Region, State, Decision, Price, Risk, FirstSeen];
}
