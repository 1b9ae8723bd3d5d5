namespace Surveillance.Api.Search;

/// <summary>The order of results on every engine: decision, risk and last seen falling, then id rising.</summary>
public sealed class ResultOrder : IComparer<SearchCursor>
{
    public static ResultOrder Comparer { get; } = new();

    /// <summary>Where a document stands.</summary>
    public static SearchCursor PlaceOf(IndexDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return new SearchCursor(document.Decision, document.Risk, document.LastSeen, document.Id);
    }

    public int Compare(SearchCursor? x, SearchCursor? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        return y.Decision.CompareTo(x.Decision) is not 0 and var byDecision ? byDecision
            : y.Risk.CompareTo(x.Risk) is not 0 and var byRisk ? byRisk
            : y.LastSeen.CompareTo(x.LastSeen) is not 0 and var byTime ? byTime
            : string.CompareOrdinal(x.Id, y.Id);
    }
}
