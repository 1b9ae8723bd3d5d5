using Surveillance.Classifier.Likeness;
using Surveillance.Crawler.Evidence;

namespace Surveillance.Crawler.Pictures;

/// <summary>Knows which pictures of a run's suspect listings have not been seen, and keeps those that were. Implemented by <c>api/Pictures</c>.</summary>
/// <remarks>Thread safe. What is wanted is worked out from what is on record, so a run that was killed goes on where it stood.</remarks>
public interface IPictureStore
{
    /// <summary>Pictures at addresses that the run's listings name whose decision is not clear: the riskiest listings first, each address once.</summary>
    Task<IReadOnlyList<WantedPicture>> WantedAsync(PictureWish wish, CancellationToken cancellationToken);

    /// <summary>Everything that became of one picture, in one transaction.</summary>
    Task CommitAsync(PictureRecord record, CancellationToken cancellationToken);
}

/// <summary>How many pictures a run may ask for.</summary>
/// <param name="Most">In the whole run, those asked for before included.</param>
/// <param name="MostPerListing">The first so many of each listing.</param>
/// <param name="MostPerDay">Requests of the source of any kind in one day in Asia/Shanghai; null for no limit.</param>
public sealed record PictureWish(string SourceId, long RunId, int Most, int MostPerListing, int? MostPerDay);

/// <summary>A picture that has not been seen.</summary>
/// <param name="Url">As the listings name it, absolute.</param>
/// <param name="ListingIds">Whose picture it is.</param>
public sealed record WantedPicture(string Url, IReadOnlyList<string> ListingIds);

/// <summary>What became of a picture that was wanted.</summary>
/// <param name="RunId">Null for an import.</param>
/// <param name="Reason">One short Chinese phrase; null for a picture that was read.</param>
/// <param name="Capture">The sealed bytes, null where none came.</param>
/// <param name="Print">Null unless <paramref name="State"/> is <see cref="PictureState.Done"/>.</param>
public sealed record PictureRecord(
    WantedPicture Picture, string SourceId, long? RunId, PictureState State, string? Reason, Capture? Capture, PicturePrint? Print)
{
    /// <summary>False where nobody was asked, so that it counts nowhere.</summary>
    public bool Asked { get; init; } = true;
}

/// <summary>How looking at a picture ended.</summary>
public enum PictureState
{
    Done,

    /// <summary>It says too little to be told from others.</summary>
    Plain,

    /// <summary>What came is no picture that can be read.</summary>
    Unreadable,

    /// <summary>404 or 410.</summary>
    Gone,

    /// <summary>We chose not to ask: robots.txt, a private address.</summary>
    Declined,

    /// <summary>No answer worth keeping; the next runs try again, three times in all.</summary>
    Failed,
}
