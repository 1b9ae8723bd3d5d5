using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Pictures;

/// <summary>Fetches, after a run's pages, the pictures of what looks unlawful, as politely as pages and sealed like them.</summary>
/// <remarks>Always over HTTP, whichever way the pages came, from any host that the listings name, and without the pages' cookies.</remarks>
internal sealed class PictureRound(PoliteFetcher fetcher, EvidenceStore evidence, IPictureStore store, ILogger<PictureRound> logger)
{
    /// <summary>The first few show the offer; what follows is mostly the same certificate again.</summary>
    private const int MostPerListing = 3;

    /// <summary>Each decodes to a few megabytes; hosts have their own pace besides.</summary>
    private const int AtOnce = 8;

    /// <param name="pace">How hard one host may be asked at the moment.</param>
    /// <exception cref="EvidenceException">A picture could not be sealed; the run must not go on.</exception>
    public async Task RunAsync(SourceDefinition source, long runId, Func<SourceRate> pace, CancellationToken cancellationToken)
    {
        if (source.Images == 0)
        {
            return;
        }

        var session = new SourceSession(source with { Render = RenderMode.Http }, pace);
        var wanted = await store.WantedAsync(new PictureWish(source.Id, runId, source.Images, MostPerListing, source.MaxPagesPerDay), cancellationToken);
        var workers = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(wanted, workers, async (picture, token) =>
        {
            var outcome = await fetcher.FetchAsync(session, new Uri(picture.Url), known: null, token);
            await store.CommitAsync(await RecordAsync(source.Id, runId, picture, outcome), CancellationToken.None);
        });
    }

    private async Task<PictureRecord> RecordAsync(string sourceId, long runId, WantedPicture picture, FetchOutcome outcome)
    {
        switch (outcome)
        {
            case FetchOutcome.Fetched { Status: >= 200 and < 300 } fetched:
                return await SealAsync(Ended(PictureState.Unreadable, null), fetched);
            case FetchOutcome.Fetched { Status: 404 or 410 } gone:
                return Ended(PictureState.Gone, $"HTTP {gone.Status}");
            case FetchOutcome.Fetched other:
                return Ended(PictureState.Failed, $"HTTP {other.Status}");
            case FetchOutcome.Declined declined:
                return Ended(PictureState.Declined, declined.Reason) with { Asked = false };
            case FetchOutcome.Postponed postponed:
                return Ended(PictureState.Failed, postponed.Reason) with { Asked = false };
            case FetchOutcome.Failed failed:
                return Ended(PictureState.Failed, failed.Error.Reason);
            default:
                throw new UnreachableException();
        }

        PictureRecord Ended(PictureState state, string? reason) => new(picture, sourceId, runId, state, reason, null, null);
    }

    private async Task<PictureRecord> SealAsync(PictureRecord record, FetchOutcome.Fetched fetched)
    {
        var digest = await evidence.SealAsync(fetched.Body, CancellationToken.None);
        var capture = new Capture(
            digest,
            record.Picture.Url,
            fetched.FinalUrl.AbsoluteUri,
            fetched.Status,
            fetched.Headers,
            fetched.ContentType,
            fetched.Body.Length,
            fetched.At,
            PoliteFetcher.NameOf(RenderMode.Http))
        {
            Redirects = [.. fetched.Redirects.Select(url => url.AbsoluteUri)],
        };
        return Look(record with { Capture = capture }, fetched.Body);
    }

    private PictureRecord Look(PictureRecord record, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            return PictureLook.Of(record, bytes);
        }
        catch (Exception error)
        {
            // The boundary of one picture: a bug in reading it, or a decoder that is missing, costs its mark, not its evidence and not the run.
            logger.LogError(error, "Reading picture {Url} failed.", record.Picture.Url);
            return record with { State = PictureState.Failed, Reason = $"解析出错：{error.Message}" };
        }
    }
}
