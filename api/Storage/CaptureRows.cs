using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Api.Storage;

/// <summary>Writes what was fetched and what reading it said.</summary>
internal static class CaptureRows
{
    /// <param name="content">Null where the capture was not read.</param>
    /// <returns>The capture's number.</returns>
    public static long Insert(
        SqliteConnection connection, SqliteTransaction transaction, Capture capture, PageContent? content, string sourceId, long? runId) =>
        connection.ExecuteScalar<long>(
            """
            INSERT INTO capture (digest, url, final_url, status, headers, content_type, length_bytes, captured_at, fetcher, source_id, run_id, page_kind, outcome, blocked, total)
            VALUES (@Digest, @Url, @FinalUrl, @Status, @Headers, @ContentType, @LengthBytes, @CapturedAt, @Fetcher, @sourceId, @runId, @PageKind, @Outcome, @Blocked, @Total)
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
            },
            transaction);
}
