using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>Writes what was fetched and what reading it said.</summary>
internal static class CaptureRows
{
    /// <summary>Keeps what the page's address answered, for its next run: whether it was worth it, and how to ask only for a change.</summary>
    public static void Remember(SqliteConnection connection, SqliteTransaction transaction, PageRecord record, long? captureId)
    {
        if (captureId is null || record.State is not (PageState.Done or PageState.Empty or PageState.Gone))
        {
            return;
        }

        connection.Execute(
            """
            INSERT INTO known_page (url, capture_id, findings, etag, last_modified) VALUES (@Url, @captureId, @findings, @ETag, @LastModified)
            ON CONFLICT (url) DO UPDATE SET capture_id = excluded.capture_id, findings = excluded.findings, etag = excluded.etag, last_modified = excluded.last_modified
            """,
            Memory(record, captureId.Value),
            transaction);
    }

    private static object Memory(PageRecord record, long captureId)
    {
        var validators = record.UnchangedSince is null ? ValidatorsOf(record) : record.Page.Known?.Validators;
        return new
        {
            record.Page.Url,
            captureId,
            findings = record.Listings.Count(listing => listing.Assessment.Decision != Decision.Clear),
            validators?.ETag,
            validators?.LastModified,
        };
    }

    /// <summary>Only a page that stands at its own address and was sent as it is can be asked for a change.</summary>
    private static Validators? ValidatorsOf(PageRecord record) =>
        record is { State: PageState.Done or PageState.Empty, Capture: { Status: 200, Fetcher: "http", Redirects.Count: 0 } capture } ? Validators.TryRead(capture.Headers) : null;

    /// <param name="content">Null where the capture was not read.</param>
    /// <returns>The capture's number.</returns>
    public static long Insert(
        SqliteConnection connection, SqliteTransaction transaction, Capture capture, PageContent? content, string sourceId, long? runId)
    {
        var id = connection.ExecuteScalar<long>(
            """
            INSERT INTO capture (digest, url, final_url, status, headers, content_type, length_bytes, captured_at, fetcher, source_id, run_id, page_kind, outcome, blocked, total, redirects)
            VALUES (@Digest, @Url, @FinalUrl, @Status, @Headers, @ContentType, @LengthBytes, @CapturedAt, @Fetcher, @sourceId, @runId, @PageKind, @Outcome, @Blocked, @Total, @Redirects)
            RETURNING id
            """,
            new
            {
                Digest = capture.Digest.Value,
                capture.Url,
                capture.FinalUrl,
                capture.Status,
                capture.Headers,
                capture.ContentType,
                capture.LengthBytes,
                CapturedAt = StoredTime.Of(capture.CapturedAt),
                capture.Fetcher,
                sourceId,
                runId,
                PageKind = content is null ? null : CrawlStore.Name(content.PageKind),
                Outcome = content is null ? null : CrawlStore.Name(content.Outcome),
                Blocked = content?.Blocked is { } block ? CrawlStore.Name(block) : null,
                content?.Total,
                Redirects = JsonSerializer.Serialize(capture.Redirects),
            },
            transaction);
        connection.Execute(
            """
            INSERT INTO capture_part (capture_id, place, url, status, content_type, digest, length_bytes)
            VALUES (@id, @place, @Url, @Status, @ContentType, @Digest, @LengthBytes)
            """,
            capture.Parts.Select((part, place) => new { id, place, part.Url, part.Status, part.ContentType, Digest = part.Digest.Value, part.LengthBytes }),
            transaction);
        return id;
    }
}
