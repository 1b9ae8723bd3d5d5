using System.Text.Json;
using Microsoft.Data.Sqlite;
using Surveillance.Classifier;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Fetching;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Api.Storage;

/// <summary>Writes what was fetched and what reading it said, and reads it back.</summary>
internal static class CaptureRows
{
    /// <summary>What <see cref="Read"/> reads of a table <c>capture</c>; further columns may follow from <see cref="ColumnCount"/> on.</summary>
    public const string Columns =
        """
        capture.digest, capture.url, capture.final_url, capture.status, capture.headers, capture.content_type, capture.length_bytes, capture.captured_at,
        capture.fetcher, capture.redirects
        """;

    public const int ColumnCount = 10;

    /// <summary>Without its parts, which <see cref="Parts"/> has.</summary>
    public static Capture Read(PreparedRow row) => new(
        new Digest(row.Text(0)!), row.Text(1)!, row.Text(2)!, (int)row.Number(3), row.Text(4)!, row.Text(5), row.Number(6), StoredTime.Parse(row.Text(7)!), row.Text(8)!)
    {
        Redirects = JsonSerializer.Deserialize<List<string>>(row.Text(9)!)!,
    };

    public static IReadOnlyList<CapturePart> Parts(SqliteConnection connection, long captureId) => Prepared.Query(
        connection,
        "SELECT url, status, content_type, digest, length_bytes FROM capture_part WHERE capture_id = ?1 ORDER BY place",
        row => new CapturePart(row.Text(0)!, (int)row.Number(1), row.Text(2), new Digest(row.Text(3)!), row.Number(4)),
        captureId);

    /// <summary>Keeps what the page's address answered, for its next run: whether it was worth it, and how to ask only for a change.</summary>
    public static void Remember(SqliteConnection connection, PageRecord record, long? captureId)
    {
        if (captureId is null || record.State is not (PageState.Done or PageState.Empty or PageState.Gone))
        {
            return;
        }

        var validators = record.UnchangedSince is null ? ValidatorsOf(record) : record.Page.Known?.Validators;
        Prepared.Execute(
            connection,
            """
            INSERT INTO known_page (url, capture_id, findings, etag, last_modified) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (url) DO UPDATE SET capture_id = excluded.capture_id, findings = excluded.findings, etag = excluded.etag, last_modified = excluded.last_modified
            """,
            record.Page.Url,
            captureId,
            record.Listings.Count(listing => listing.Assessment.Decision != Decision.Clear),
            validators?.ETag,
            validators?.LastModified);
    }

    /// <summary>Only a page that stands at its own address and was sent as it is can be asked for a change.</summary>
    private static Validators? ValidatorsOf(PageRecord record) =>
        record is { State: PageState.Done or PageState.Empty, Capture: { Status: 200, Fetcher: "http", Redirects.Count: 0 } capture } ? Validators.TryRead(capture.Headers) : null;

    /// <param name="content">Null where the capture was not read.</param>
    /// <returns>The capture's number.</returns>
    public static long Insert(SqliteConnection connection, Capture capture, PageContent? content, string sourceId, long? runId)
    {
        var id = Prepared.Number(
            connection,
            InsertCapture,
            capture.Digest.Value,
            capture.Url,
            capture.FinalUrl,
            capture.Status,
            capture.Headers,
            capture.ContentType,
            capture.LengthBytes,
            StoredTime.Of(capture.CapturedAt),
            capture.Fetcher,
            sourceId,
            runId,
            content is null ? null : CrawlStore.Name(content.PageKind),
            content is null ? null : CrawlStore.Name(content.Outcome),
            content?.Blocked is { } block ? CrawlStore.Name(block) : null,
            content?.Total,
            JsonSerializer.Serialize(capture.Redirects))!.Value;
        for (var place = 0; place < capture.Parts.Count; place++)
        {
            var part = capture.Parts[place];
            Prepared.Execute(connection, InsertPart, id, place, part.Url, part.Status, part.ContentType, part.Digest.Value, part.LengthBytes);
        }

        return id;
    }

    private const string InsertCapture =
        """
        INSERT INTO capture (digest, url, final_url, status, headers, content_type, length_bytes, captured_at, fetcher, source_id, run_id, page_kind, outcome, blocked, total, redirects)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
        RETURNING id
        """;

    private const string InsertPart =
        "INSERT INTO capture_part (capture_id, place, url, status, content_type, digest, length_bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
}
