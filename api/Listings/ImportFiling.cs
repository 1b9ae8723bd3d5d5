using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Listings.Feeds;
using Surveillance.Api.Pictures;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Listings;

/// <summary>Assesses imported listings and files them, a batch a transaction.</summary>
public sealed class ImportFiling(Database database, ListingStore listings, TextClassifier classifier)
{
    /// <param name="now">UTC.</param>
    internal ImportCounts File(List<Listing> batch, ImportedFile file, DateTimeOffset now)
    {
        var today = StoredTime.DayOf(now);
        var assessed = batch
            .Select(listing => listing with { Platform = listing.Platform ?? file.Origin.Platform })
            .Select(listing => new AssessedListing(listing, classifier.Classify(listing, today)))
            .ToList();
        return database.Write((connection, transaction) =>
        {
            var counts = new ImportCounts();
            var captureId = new Lazy<long>(() => CaptureOf(connection, transaction, file));
            foreach (var one in assessed)
            {
                var seenAt = one.Listing.Observed is { } day && day != today ? StoredTime.StartOf(day) : now;
                var origin = $"import:{file.Origin.SourceId}";
                var filed = listings.File(
                    connection, transaction, one, new Sighting(file.Origin.SourceId, seenAt, origin, captureId.Value, file.Origin.RunId, IsExcerpt: false));
                counts = counts.Add(filed.As);
                if (one.Assessment.Decision != Decision.Clear)
                {
                    PictureStore.Note(connection, file.Origin.SourceId, filed.Id, one.Listing);
                }
            }

            return counts;
        });
    }

    /// <summary>True where the same bytes were imported for that source to their end, so that they hold nothing new.</summary>
    internal bool IsFinished(ImportedFile file)
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>(
            "SELECT count(*) FROM capture WHERE digest = @Digest AND fetcher = 'import' AND source_id = @SourceId AND outcome = 'ok' AND status = 0",
            new { Digest = file.Capture.Digest.Value, file.Origin.SourceId }) > 0;
    }

    /// <summary>Notes that the file was read to its end without a fault.</summary>
    internal void Finish(ImportedFile file) => database.Write((connection, transaction) => connection.Execute(
        "UPDATE capture SET outcome = 'ok' WHERE id = @id", new { id = CaptureOf(connection, transaction, file) }, transaction));

    /// <summary>The same bytes imported again are the same capture.</summary>
    private static long CaptureOf(SqliteConnection connection, SqliteTransaction transaction, ImportedFile file) =>
        connection.ExecuteScalar<long?>(
            "SELECT id FROM capture WHERE digest = @Digest AND fetcher = 'import' AND source_id = @SourceId AND status = 0",
            new { Digest = file.Capture.Digest.Value, file.Origin.SourceId },
            transaction)
        ?? CaptureRows.Insert(connection, file.Capture, content: null, file.Origin.SourceId, runId: null);
}

/// <summary>Under which source a file is filed.</summary>
/// <param name="SourceId">Part of the identity of listings that have neither platform nor address.</param>
/// <param name="Platform">For listings that name none; null leaves them without.</param>
public sealed record ImportOrigin(string SourceId, string? Platform)
{
    /// <summary>How a feed names its columns.</summary>
    public FeedMap Map { get; init; } = FeedMap.Contract;

    /// <summary>The run that imports; null for one by hand.</summary>
    public long? RunId { get; init; }
}

internal sealed record ImportedFile(ImportOrigin Origin, Capture Capture);

/// <summary>What an import did, in listings.</summary>
/// <param name="Pages">Of web archives: read now, whatever came of them.</param>
/// <param name="Blocked">Of these pages.</param>
/// <param name="KnownPages">Imported before.</param>
/// <param name="Passed">Records of web archives that hold no page.</param>
public sealed record ImportCounts(
    int New = 0, int Changed = 0, int SeenAgain = 0, int Unchanged = 0, int Malformed = 0, int Pages = 0, int Blocked = 0, int KnownPages = 0, int Passed = 0)
{
    public ImportCounts Add(FiledAs filed) => filed switch
    {
        FiledAs.New => this with { New = New + 1 },
        FiledAs.Changed => this with { Changed = Changed + 1 },
        FiledAs.SeenAgain => this with { SeenAgain = SeenAgain + 1 },
        FiledAs.Unchanged => this with { Unchanged = Unchanged + 1 },
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public static ImportCounts operator +(ImportCounts left, ImportCounts right) => new(
        left.New + right.New,
        left.Changed + right.Changed,
        left.SeenAgain + right.SeenAgain,
        left.Unchanged + right.Unchanged,
        left.Malformed + right.Malformed,
        left.Pages + right.Pages,
        left.Blocked + right.Blocked,
        left.KnownPages + right.KnownPages,
        left.Passed + right.Passed);

    public static ImportCounts Add(ImportCounts left, ImportCounts right) => left + right;
}
