using Surveillance.Api.Storage;

namespace Surveillance.Api.Listings;

/// <summary>Where and when a listing was seen.</summary>
/// <param name="SeenAt">UTC: when the page was captured, or for a file the day of observation it states, else the time of import.</param>
/// <param name="Origin"><c>capture:ID</c> for a crawled page, <c>import:SOURCE</c> for a file.</param>
/// <param name="IsExcerpt">True on a list page, which may show a part of title and text only.</param>
public sealed record Sighting(string SourceId, DateTimeOffset SeenAt, string Origin, long? CaptureId, long? RunId, bool IsExcerpt)
{
    /// <summary>In Asia/Shanghai.</summary>
    public DateOnly Day => StoredTime.DayOf(SeenAt);
}

/// <summary>What filing a listing did.</summary>
/// <param name="Id">Under which the listing is known.</param>
public sealed record FiledListing(string Id, FiledAs As);

public enum FiledAs
{
    New,

    /// <summary>Title, text or price changed: a new version.</summary>
    Changed,

    SeenAgain,

    /// <summary>The same sighting was known already; nothing was written.</summary>
    Unchanged,
}
