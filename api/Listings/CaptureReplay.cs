using System.Text.Json;
using Dapper;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Listings;

/// <summary>Reads stored captures again under today's rules of extraction.</summary>
/// <remarks>A page that was captured again and again without a change is read once, where it was captured last. Imported files are read again by importing them.</remarks>
public sealed class CaptureReplay(Database database, CaptureRereading rereading, SourceCatalogue sources, ListingStore listings, ILogger<CaptureReplay> logger)
{
    private const int CapturesATransaction = 50;

    /// <summary>Every page captured on or after <paramref name="since"/> (Asia/Shanghai), oldest first.</summary>
    public async Task<RereadCounts> RunAsync(DateOnly since, CancellationToken cancellationToken)
    {
        var counts = new RereadCounts();
        for (var last = 0L; ;)
        {
            var batch = Batch(since, last);
            if (batch.Count == 0)
            {
                return counts;
            }

            var read = new List<(StoredCapture Capture, RereadPage Page)>();
            foreach (var stored in batch)
            {
                if (SourceOf(stored) is not { } source)
                {
                    counts = counts with { Unknown = counts.Unknown + 1 };
                }
                else if (await TryReadAsync(source, stored, cancellationToken) is { } page)
                {
                    read.Add((stored, page));
                }
                else
                {
                    counts = counts with { Failed = counts.Failed + 1 };
                }
            }

            counts = File(read, counts);
            last = batch[^1].Id;
        }
    }

    private async Task<RereadPage?> TryReadAsync(SourceDefinition source, StoredCapture stored, CancellationToken cancellationToken)
    {
        try
        {
            return await rereading.ReadAsync(source, stored.Capture(), cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The boundary of one page: evidence that is gone, or a bug in reading it, is named and counted; the others are read.
            logger.LogError(error, "Capture {Id} of {Url} could not be read again.", stored.Id, stored.Url);
            return null;
        }
    }

    private RereadCounts File(List<(StoredCapture Capture, RereadPage Page)> read, RereadCounts counts) => database.Write((connection, transaction) =>
    {
        var reread = new RereadListing(listings);
        foreach (var (stored, page) in read)
        {
            counts = counts with { Pages = counts.Pages + 1 };
            var seenAt = StoredTime.Parse(stored.CapturedAt);
            var sighting = new Sighting(stored.SourceId, seenAt, $"capture:{stored.Id}", stored.Id, stored.RunId, IsExcerpt: page.Kind == PageKind.Search);
            foreach (var listing in page.Listings)
            {
                counts = reread.File(connection, transaction, listing, sighting) switch
                {
                    RereadAs.Completed => counts with { Completed = counts.Completed + 1 },
                    RereadAs.Found => counts with { Found = counts.Found + 1 },
                    _ => counts,
                };
            }
        }

        return counts;
    });

    /// <summary>An address that was crawled by hand needs no file.</summary>
    private SourceDefinition? SourceOf(StoredCapture stored) =>
        sources.Find(stored.SourceId) is { Feed: null } source ? source
        : stored.SourceId.StartsWith("url-", StringComparison.Ordinal) ? SourceDefinition.ForUrl(new Uri(stored.Url), RenderMode.Http, 1)
        : null;

    private List<StoredCapture> Batch(DateOnly since, long after)
    {
        using var connection = database.Open();
        var batch = connection.Query<StoredCapture>(
            """
            SELECT id, digest, url, final_url, status, headers, content_type, length_bytes, captured_at, fetcher, source_id, run_id, redirects FROM capture
            WHERE id > @after AND captured_at >= @since AND fetcher <> 'import'
              AND NOT EXISTS (SELECT 1 FROM capture AS later WHERE later.digest = capture.digest AND later.url = capture.url AND later.id > capture.id)
              AND NOT EXISTS (SELECT 1 FROM listing_picture WHERE listing_picture.url = capture.url AND listing_picture.capture_id = capture.id)
            ORDER BY id LIMIT @CapturesATransaction
            """,
            new { after, since = StoredTime.Of(StoredTime.StartOf(since)), CapturesATransaction }).AsList();
        var parts = connection.Query<StoredPart>(
            "SELECT capture_id, url, status, content_type, digest, length_bytes FROM capture_part WHERE capture_id IN @ids ORDER BY capture_id, place",
            new { ids = batch.Select(capture => capture.Id) }).ToLookup(part => part.CaptureId);
        return [.. batch.Select(capture => capture with { Parts = [.. parts[capture.Id].Select(part => part.Part())] })];
    }

    private sealed record StoredCapture
    {
        public long Id { get; init; }

        public required string Digest { get; init; }

        public required string Url { get; init; }

        public required string FinalUrl { get; init; }

        public int Status { get; init; }

        public required string Headers { get; init; }

        public string? ContentType { get; init; }

        public long LengthBytes { get; init; }

        public required string CapturedAt { get; init; }

        public required string Fetcher { get; init; }

        public required string SourceId { get; init; }

        public long? RunId { get; init; }

        public required string Redirects { get; init; }

        public IReadOnlyList<CapturePart> Parts { get; init; } = [];

        public Capture Capture() => new(new Digest(Digest), Url, FinalUrl, Status, Headers, ContentType, LengthBytes, StoredTime.Parse(CapturedAt), Fetcher)
        {
            Redirects = JsonSerializer.Deserialize<List<string>>(Redirects)!,
            Parts = Parts,
        };
    }

    private sealed record StoredPart
    {
        public long CaptureId { get; init; }

        public required string Url { get; init; }

        public int Status { get; init; }

        public string? ContentType { get; init; }

        public required string Digest { get; init; }

        public long LengthBytes { get; init; }

        public CapturePart Part() => new(Url, Status, ContentType, new Digest(Digest), LengthBytes);
    }
}

/// <summary>What reading captures again did.</summary>
/// <param name="Pages">Read.</param>
/// <param name="Completed">Listings of which a version says more now.</param>
/// <param name="Found">Listings that had been overlooked on a page.</param>
/// <param name="Unknown">Pages of sources that have no file any more.</param>
/// <param name="Failed">Pages whose evidence is gone, or that could not be read; each is in the log.</param>
public sealed record RereadCounts(int Pages = 0, int Completed = 0, int Found = 0, int Unknown = 0, int Failed = 0);
