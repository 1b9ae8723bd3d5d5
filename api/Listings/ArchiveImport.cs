using Dapper;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Archives;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Listings;

/// <summary>Files the pages of a web archive as if they had been crawled at their own time and address.</summary>
/// <remarks>A page is known by its bytes, address and time, so that an import that was killed goes on where it stopped and repeating one changes nothing.</remarks>
public sealed class ArchiveImport(Database database, ListingStore listings, ArchivedPages pages, ImportedFiles evidence)
{
    private const int PagesATransaction = 20;

    /// <summary>Payloads that revisits may name; the oldest are forgotten, so that memory stays flat.</summary>
    private const int RememberedPayloads = 50_000;

    /// <param name="stream">Seekable.</param>
    /// <param name="fault">Called for each record that can't be read with its number and reason; the rest go on.</param>
    internal async Task<ImportCounts> ImportAsync(Stream stream, ImportOrigin origin, Action<int, string> fault, CancellationToken cancellationToken)
    {
        var source = SourceOf(origin);
        var payloads = new RecentPayloads(RememberedPayloads);
        var counts = new ImportCounts();
        var batch = new List<ArchivedPage>();
        await foreach (var entry in WarcReader.ReadAsync(stream, cancellationToken))
        {
            switch (await ResponseAsync(entry, payloads, cancellationToken))
            {
                case ArchivedResponse.Page page when IsKnown(page.Fetched, source.Id):
                    payloads.Keep(page.PayloadDigest, page.Fetched);
                    counts = counts with { KnownPages = counts.KnownPages + 1 };
                    break;
                case ArchivedResponse.Page page:
                    payloads.Keep(page.PayloadDigest, page.Fetched);
                    batch.Add(await pages.ReadAsync(source, page.Fetched, cancellationToken));
                    break;
                case ArchivedResponse.Broken broken:
                    fault(entry.Number, broken.Reason);
                    counts = counts with { Malformed = counts.Malformed + 1 };
                    break;
                default:
                    counts = counts with { Passed = counts.Passed + 1 };
                    break;
            }

            if (batch.Count == PagesATransaction)
            {
                counts += File(batch, origin);
                batch.Clear();
            }
        }

        return counts + File(batch, origin);
    }

    private async Task<ArchivedResponse> ResponseAsync(WarcEntry entry, RecentPayloads payloads, CancellationToken cancellationToken) => entry switch
    {
        WarcEntry.Record record => await ArchivedResponse.OfAsync(record, cancellationToken) switch
        {
            ArchivedResponse.Revisit revisit => await RevisitedAsync(revisit, payloads, cancellationToken),
            var response => response,
        },
        WarcEntry.Fault broken => new ArchivedResponse.Broken(broken.Reason),
        _ => new ArchivedResponse.NoPage(),
    };

    /// <summary>The same page at another time; passed over where this archive did not hold it before.</summary>
    private async Task<ArchivedResponse> RevisitedAsync(ArchivedResponse.Revisit revisit, RecentPayloads payloads, CancellationToken cancellationToken)
    {
        if (payloads.Find(revisit.PayloadDigest) is not { } known)
        {
            return new ArchivedResponse.NoPage();
        }

        await using var sealedBody = evidence.OpenRead(known.Body);
        using var body = new MemoryStream();
        await sealedBody.CopyToAsync(body, cancellationToken);
        return new ArchivedResponse.Page(new FetchOutcome.Fetched(known.Status, body.ToArray(), revisit.Url, known.ContentType, known.Headers, [], revisit.At), null);
    }

    private bool IsKnown(FetchOutcome.Fetched fetched, string sourceId)
    {
        using var connection = database.Open();
        return connection.ExecuteScalar<long>(
            "SELECT count(*) FROM capture WHERE digest = @Digest AND final_url = @Url AND captured_at = @At AND source_id = @sourceId AND fetcher = 'import'",
            new { Digest = Digest.Of(fetched.Body.Span).Value, Url = fetched.FinalUrl.AbsoluteUri, At = StoredTime.Of(fetched.At), sourceId }) > 0;
    }

    private ImportCounts File(List<ArchivedPage> batch, ImportOrigin origin) => batch.Count == 0 ? new ImportCounts() : database.Write((connection, transaction) =>
    {
        var counts = new ImportCounts(Pages: batch.Count, Blocked: batch.Count(page => page.State == PageState.Blocked));
        foreach (var page in batch)
        {
            var captureId = CaptureRows.Insert(connection, page.Capture, page.Content, origin.SourceId, origin.RunId);
            var sighting = new Sighting(
                origin.SourceId, page.Capture.CapturedAt, $"capture:{captureId}", captureId, origin.RunId, IsExcerpt: page.Content?.PageKind == PageKind.Search);
            foreach (var listing in page.Listings)
            {
                counts = counts.Add(listings.File(connection, transaction, listing, sighting).As);
            }
        }

        return counts;
    });

    /// <summary>What completing a listing asks of its source.</summary>
    private static SourceDefinition SourceOf(ImportOrigin origin) => SourceDefinition.ForUrl(new Uri("https://archive.invalid/"), RenderMode.Http, maxPages: 1) with
    {
        Id = origin.SourceId,
        Name = origin.SourceId,
        Platform = origin.Platform,
        Kind = SourceKind.Marketplace,
    };
}

/// <summary>Bodies of an archive by the digest that its revisits name, the latest so many.</summary>
internal sealed class RecentPayloads(int most)
{
    private readonly Dictionary<string, KnownPayload> _known = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    public void Keep(string? payloadDigest, FetchOutcome.Fetched fetched)
    {
        if (payloadDigest is not null && _known.TryAdd(payloadDigest, new KnownPayload(Digest.Of(fetched.Body.Span), fetched.Status, fetched.ContentType, fetched.Headers)))
        {
            _order.Enqueue(payloadDigest);
        }

        if (_order.Count > most)
        {
            _known.Remove(_order.Dequeue());
        }
    }

    public KnownPayload? Find(string payloadDigest) => _known.GetValueOrDefault(payloadDigest);
}

internal sealed record KnownPayload(Digest Body, int Status, string? ContentType, string Headers);
