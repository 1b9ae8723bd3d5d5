namespace Surveillance.Api.Listings.Feeds;

/// <summary>How a platform's feed names what a listing has. Read from a file given as <c>--map</c>; see docs/import.md for the keys.</summary>
/// <param name="Columns">By <see cref="FeedField"/> name: the columns of a CSV file, or the dotted paths of JSON lines, that hold it; the values of several are joined.</param>
/// <param name="Constants">By <see cref="FeedField"/> name: what holds for every row that gives nothing else.</param>
public sealed record FeedMap(IReadOnlyDictionary<string, IReadOnlyList<string>> Columns, IReadOnlyDictionary<string, string> Constants)
{
    /// <summary>Names columns as the contract does.</summary>
    public static FeedMap Contract { get; } = new(new Dictionary<string, IReadOnlyList<string>>(), new Dictionary<string, string>());

    /// <summary>What one unit of the feed's prices is in yuan: 0.01 for 分, 10,000 for 万.</summary>
    public decimal YuanPerUnit { get; init; } = 1;

    /// <summary>Of .NET's custom formats; null for any that names year, month and day in this order.</summary>
    public string? DateFormat { get; init; }

    /// <summary>Null: UTF-8 where the bytes are, else GB18030.</summary>
    public string? Encoding { get; init; }

    /// <summary>Between the fields of a CSV file; null for a comma.</summary>
    public char? Separator { get; init; }
}

/// <summary>A map does not fit, or can't be read; the message is one sentence. Exit code 2.</summary>
public sealed class FeedMapException : Exception
{
    public FeedMapException()
    {
    }

    public FeedMapException(string message)
        : base(message)
    {
    }

    public FeedMapException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
