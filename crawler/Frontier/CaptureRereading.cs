using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Frontier;

/// <summary>Reads again, as today's rules read it, what was sealed earlier. Thread safe; nothing is asked for and nothing written.</summary>
public sealed class CaptureRereading
{
    private readonly EvidenceStore _evidence;
    private readonly ReadPage _readPage;
    private readonly TextClassifier _classifier;

    internal CaptureRereading(EvidenceStore evidence, ReadPage readPage, TextClassifier classifier)
    {
        _evidence = evidence;
        _readPage = readPage;
        _classifier = classifier;
    }

    /// <param name="source">As its file says now.</param>
    /// <exception cref="EvidenceException">What was sealed is missing or altered.</exception>
    public async Task<RereadPage> ReadAsync(SourceDefinition source, Capture capture, CancellationToken cancellationToken)
    {
        var parts = new List<FetchedPart>(capture.Parts.Count);
        foreach (var part in capture.Parts)
        {
            parts.Add(new FetchedPart(new Uri(part.Url), part.Status, part.ContentType, await BytesAsync(part.Digest, cancellationToken)));
        }

        var body = await BytesAsync(capture.Digest, cancellationToken);
        var fetched = new FetchOutcome.Fetched(
            capture.Status, body, new Uri(capture.FinalUrl), capture.ContentType, capture.Headers, [.. capture.Redirects.Select(url => new Uri(url))], capture.CapturedAt)
        {
            Parts = parts,
        };
        var content = PageVerdict.Of(fetched, _readPage(source, fetched)).Content;
        var day = ChinaTime.DayOf(capture.CapturedAt);
        var listings = content.Listings.Select(listing => ListingCompletion.Complete(listing, source, content, day));
        return new RereadPage(content.PageKind, [.. listings.Select(listing => new AssessedListing(listing, _classifier.Classify(listing, day)))]);
    }

    private async Task<byte[]> BytesAsync(Digest digest, CancellationToken cancellationToken)
    {
        await using var sealedBytes = _evidence.OpenRead(digest);
        var bytes = new byte[sealedBytes.Length];
        await sealedBytes.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}

/// <summary>What a capture says when it is read again.</summary>
public sealed record RereadPage(PageKind Kind, IReadOnlyList<AssessedListing> Listings);
