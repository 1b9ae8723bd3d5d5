namespace Surveillance.Api.Search;

/// <summary>One part of a query as it was typed.</summary>
/// <param name="IsExcluded">Whether a minus stood before it.</param>
internal abstract record QueryPart(bool IsExcluded)
{
    /// <summary>Up to white space or a quotation mark.</summary>
    public sealed record Word(string Text, bool IsExcluded) : QueryPart(IsExcluded);

    /// <summary>What stood between quotation marks.</summary>
    public sealed record Quoted(string Text, bool IsExcluded) : QueryPart(IsExcluded);

    /// <summary><c>field:value,value</c>.</summary>
    /// <param name="Field">As typed, in lower case; perhaps unknown.</param>
    /// <param name="Values">Without quotation marks, none of them empty; perhaps none at all.</param>
    public sealed record Filter(string Field, IReadOnlyList<string> Values, bool IsExcluded) : QueryPart(IsExcluded);
}
