namespace Surveillance.Api.Search;

/// <summary>A query that can't be understood; the message is one sentence saying what was expected. Exit code 2, status 400.</summary>
public sealed class SearchQueryException : Exception
{
    public SearchQueryException()
    {
    }

    public SearchQueryException(string message)
        : base(message)
    {
    }

    public SearchQueryException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <param name="inChinese">The same sentence for pages.</param>
    public SearchQueryException(string message, string inChinese)
        : base(message) => InChinese = inChinese;

    /// <summary>The sentence as pages and the API show it.</summary>
    public string InChinese { get; } = "查询语句有误。";
}
