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
            return await rereading.ReadAsync(source, stored.Capture, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // The boundary of one page: evidence that is gone, or a bug in reading it, is named and counted; the others are read.
            logger.LogError(error, "Capture {Id} of {Url} could not be read again.", stored.Id, stored.Capture.Url);
            return null;
        }
    }

    private RereadCounts File(List<(StoredCapture Capture, RereadPage Page)> read, RereadCounts counts) => database.Write((connection, transaction) =>
    {
        var reread = new RereadListing(listings);
        foreach (var (stored, page) in read)
        {
            counts = counts with { Pages = counts.Pages + 1 };
            var seenAt = stored.Capture.CapturedAt;
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
        : stored.SourceId.StartsWith("url-", StringComparison.Ordinal) ? SourceDefinition.ForUrl(new Uri(stored.Capture.Url), RenderMode.Http, 1)
        : null;

    private List<StoredCapture> Batch(DateOnly since, long after)
    {
        using var connection = database.Open();
        var batch = Prepared.Query(
            connection,
            $"""
            SELECT {CaptureRows.Columns}, id, source_id, run_id FROM capture
            WHERE id > ?1 AND captured_at >= ?2 AND fetcher <> 'import'
              AND NOT EXISTS (SELECT 1 FROM capture AS later WHERE later.digest = capture.digest AND later.url = capture.url AND later.id > capture.id)
              AND NOT EXISTS (SELECT 1 FROM listing_picture WHERE listing_picture.url = capture.url AND listing_picture.capture_id = capture.id)
            ORDER BY id LIMIT ?3
            """,
            Read,
            after,
            StoredTime.Of(StoredTime.StartOf(since)),
            CapturesATransaction);
        return [.. batch.Select(stored => stored with { Capture = stored.Capture with { Parts = CaptureRows.Parts(connection, stored.Id) } })];
    }

    private static StoredCapture Read(PreparedRow row)
    {
        const int Next = CaptureRows.ColumnCount;
        return new(row.Number(Next), CaptureRows.Read(row), row.Text(Next + 1)!, row.IsNull(Next + 2) ? null : row.Number(Next + 2));
    }

    private sealed record StoredCapture(long Id, Capture Capture, string SourceId, long? RunId);
}

/// <summary>What reading captures again did.</summary>
/// <param name="Pages">Read.</param>
/// <param name="Completed">Listings of which a version says more now.</param>
/// <param name="Found">Listings that had been overlooked on a page.</param>
/// <param name="Unknown">Pages of sources that have no file any more.</param>
/// <param name="Failed">Pages whose evidence is gone, or that could not be read; each is in the log.</param>
public sealed record RereadCounts(int Pages = 0, int Completed = 0, int Found = 0, int Unknown = 0, int Failed = 0);
