namespace Surveillance.Api.Search;

/// <summary>Where assessed listings are searched: SQLite's full-text index beside the records, or a server. The records are the truth; this follows them.</summary>
/// <remarks>
/// Thread safe. Every engine gives the same ids in the same order for the same documents and query. Any call may throw
/// <see cref="SearchUnavailableException"/> (the rest of the program goes on without) or <see cref="SearchUnusableException"/> (a person must mend it).
/// </remarks>
public interface IListingIndex : IAsyncDisposable
{
    /// <summary>E.g. <c>embedded</c>, <c>elasticsearch 7.17.28</c>, <c>opensearch 2.19.1</c>; of a server that has not answered yet, its address without credentials.</summary>
    string Name { get; }

    /// <summary>Which index is read, and makes the first one where there is none. Asks the engine each time.</summary>
    Task<IndexStatus> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Writes documents by their <see cref="IndexDocument.Version"/>: an older state never replaces a newer one, and writing the same again changes nothing.</summary>
    /// <param name="index">A name from <see cref="CreateNextAsync"/>; null for the one that is read.</param>
    /// <returns>One outcome a document, in order. A document that is refused never stops the others.</returns>
    Task<IReadOnlyList<WriteOutcome>> WriteAsync(string? index, IReadOnlyList<IndexDocument> documents, CancellationToken cancellationToken);

    /// <summary>One page of what matches, by decision, risk, last seen, each falling, then id rising. Written documents may take a second to appear.</summary>
    Task<SearchPage> SearchAsync(SearchRequest request, CancellationToken cancellationToken);

    /// <summary>How many match, by each of <see cref="Facet.All"/>: days by time, all others by count falling, then key.</summary>
    Task<IReadOnlyDictionary<string, IReadOnlyList<FacetCount>>> CountAsync(SearchQuery query, CancellationToken cancellationToken);

    /// <summary>All that match, in the order of <see cref="SearchAsync"/>, as they were when the reading began although writes go on; flat memory.</summary>
    IAsyncEnumerable<IndexDocument> ReadAsync(SearchQuery query, CancellationToken cancellationToken);

    /// <summary>Id and version of all documents, by id rising, as they were when the reading began; flat memory.</summary>
    IAsyncEnumerable<IndexedVersion> VersionsAsync(string? index, CancellationToken cancellationToken);

    /// <summary>Takes documents away that the records don't have.</summary>
    Task DeleteAsync(string? index, IReadOnlyList<string> ids, CancellationToken cancellationToken);

    /// <summary>Makes everything written so far visible to searches.</summary>
    Task RefreshAsync(string? index, CancellationToken cancellationToken);

    /// <summary>Makes the next index, empty, beside the one that is read, and returns its name, which comes after those of all there are.</summary>
    Task<string> CreateNextAsync(CancellationToken cancellationToken);

    /// <summary>From now on <paramref name="index"/> is read and written instead of the one before; that one stays.</summary>
    Task SwitchAsync(string index, CancellationToken cancellationToken);

    /// <summary>Removes one index of ours, if it is there and not the one that is read.</summary>
    Task DropAsync(string index, CancellationToken cancellationToken);

    /// <summary>Removes every index of ours that is not the one that is read.</summary>
    /// <returns>Their names.</returns>
    Task<IReadOnlyList<string>> DropOldAsync(CancellationToken cancellationToken);
}

/// <param name="Index">E.g. <c>surveil-listings-000001</c>.</param>
/// <param name="SchemaVersion">Of <c>_meta</c>; where it is less than <see cref="IndexSchema.Version"/>, <c>reindex</c> brings it up.</param>
/// <param name="Others">Further indexes of ours: old ones, or one that a reindex left half built.</param>
public sealed record IndexStatus(string Index, int SchemaVersion, long Documents, IReadOnlyList<string> Others);

/// <summary>What became of one document.</summary>
public abstract record WriteOutcome
{
    private WriteOutcome()
    {
    }

    /// <summary>It, or a newer state of it, is in the index.</summary>
    public sealed record Written : WriteOutcome;

    /// <summary>The engine refuses this document, and will again: for a person to see.</summary>
    public sealed record Rejected(string Reason) : WriteOutcome;

    /// <summary>The engine had no room or time for it; to be sent again.</summary>
    public sealed record Postponed(string Reason) : WriteOutcome;
}

/// <param name="Version">The outbox number that the document was written under.</param>
public readonly record struct IndexedVersion(string Id, long Version);

/// <param name="Size">1 to 1,000.</param>
/// <param name="After">The last hit of the page before; null for the first page.</param>
public sealed record SearchRequest(SearchQuery Query, int Size, SearchCursor? After = null);

/// <summary>A place in the order of results.</summary>
/// <param name="LastSeen">UTC, whole milliseconds.</param>
public sealed record SearchCursor(Surveillance.Classifier.Decision Decision, double Risk, DateTimeOffset LastSeen, string Id);

/// <param name="Total">All that match, on whatever page.</param>
/// <param name="Next">Null where this is the last page.</param>
public sealed record SearchPage(IReadOnlyList<IndexDocument> Hits, long Total, SearchCursor? Next);

/// <param name="Key">As in the index document; a day as <c>2026-11-25</c> in Asia/Shanghai.</param>
public sealed record FacetCount(string Key, long Count);

/// <summary>By what matches are counted.</summary>
public static class Facet
{
    public const string Type = "type";
    public const string Platform = "platform";
    public const string Item = "item";
    public const string Region = "region";

    /// <summary>Of <c>first_seen</c>.</summary>
    public const string Day = "day";
    public const string Decision = "decision";
    public const string State = "state";

    public static IReadOnlyList<string> All { get; } = [Type, Platform, Item, Region, Day, Decision, State];
}

/// <summary>What every engine's index is built to.</summary>
public static class IndexSchema
{
    /// <summary>Rises with each change of mapping or of what <see cref="Grams"/> makes of a text.</summary>
    public const int Version = 1;

    public const string Alias = "surveil-listings";

    /// <summary><c>surveil-listings-000001</c> …</summary>
    public static string NameOf(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Alias}-{number:D6}");
}

/// <summary>The engine can't be reached, times out or answers 5xx: the program goes on without it.</summary>
public sealed class SearchUnavailableException : Exception
{
    public SearchUnavailableException()
    {
    }

    public SearchUnavailableException(string message)
        : base(message)
    {
    }

    public SearchUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>How long the engine asked us to wait; null where it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>The engine answers, but can't be used: another product, too old, wrong credentials or certificate, an index that isn't ours. The message is one sentence. Exit code 3.</summary>
public sealed class SearchUnusableException : Exception
{
    public SearchUnusableException()
    {
    }

    public SearchUnusableException(string message)
        : base(message)
    {
    }

    public SearchUnusableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
