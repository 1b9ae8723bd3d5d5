using System.Text.Json;
using Dapper;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Api.Search.Feeding;

/// <summary>Makes index documents from the records, each with the outbox number of the state that it is.</summary>
/// <remarks>Thread safe. Every reading sees the records as they were at one moment.</remarks>
public sealed class IndexDocuments(Database database, DocumentText texts, Regions regions)
{
    private const int ListingsARead = 1000;

    /// <summary>Documents of some listings, in no order. A listing without an assessment has none.</summary>
    public IReadOnlyList<IndexDocument> Read(IReadOnlyList<string> ids)
    {
        using var connection = database.Open();
        return [.. Read(connection, "outbox.listing_id IN (SELECT value FROM json_each(@ids))", new { ids = JsonSerializer.Serialize(ids) }).Select(row => ToDocument(row))];
    }

    /// <summary>What waits for the index, oldest change first.</summary>
    /// <param name="above">Only numbers above this one.</param>
    /// <param name="most">Documents at most; fewer where they are large, but one where any waits.</param>
    /// <param name="mostUnits">Of title and text together, in UTF-16 units.</param>
    internal IReadOnlyList<IndexDocument> ReadWaiting(long above, int most, int mostUnits)
    {
        using var connection = database.Open();
        return UpTo(
            mostUnits, Read(connection, "outbox.sent < outbox.number AND outbox.reason IS NULL AND outbox.number > @above ORDER BY outbox.number LIMIT @most", new { above, most }));
    }

    /// <summary>All documents by id rising, some at a time; flat memory. Each part is of one moment, the whole is not.</summary>
    /// <param name="above">Only numbers above this one.</param>
    internal IEnumerable<IReadOnlyList<IndexDocument>> ReadAll(long above, int mostUnits)
    {
        for (var last = ""; ;)
        {
            List<IndexDocument> part;
            using (var connection = database.Open())
            {
                part = UpTo(
                    mostUnits, Read(connection, "outbox.listing_id > @last AND outbox.number > @above ORDER BY outbox.listing_id LIMIT @ListingsARead", new { last, above, ListingsARead }));
            }

            if (part.Count == 0)
            {
                yield break;
            }

            yield return part;
            last = part[^1].Id;
        }
    }

    /// <summary>All documents as they were when the reading began, without words, in no order; flat memory, and the records' log grows while it goes on.</summary>
    internal IEnumerable<IndexDocument> Snapshot(bool leadsOnly, CancellationToken cancellationToken)
    {
        using var connection = database.Open();
        const string Leads = "outbox.listing_id IN (SELECT listing_id FROM lead) AND (lead.state <> 'new' OR assessment.decision <> 'clear')";
        foreach (var row in Read(connection, leadsOnly ? Leads : "true"))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return ToDocument(row, withWords: false);
        }
    }

    /// <summary>The documents of the first rows that fit, one at least.</summary>
    private List<IndexDocument> UpTo(int mostUnits, IEnumerable<Row> rows)
    {
        var documents = new List<IndexDocument>();
        var units = 0L;
        foreach (var row in rows)
        {
            units += row.Body.Length;
            if (documents.Count > 0 && units > mostUnits)
            {
                break;
            }

            documents.Add(ToDocument(row));
        }

        return documents;
    }

    /// <param name="which">One of this class's own conditions; what comes from elsewhere is in <paramref name="values"/>.</param>
    private static IEnumerable<Row> Read(SqliteConnection connection, string which, object? values = null) => connection.Query<Row>(
        $"""
        SELECT outbox.listing_id AS id, outbox.number, listing.platform, listing.item_id, listing.url, listing.kind, listing.source_id, listing.first_seen, listing.last_seen,
               content.body, assessment.body AS assessment_body, lead.state, capture.digest AS capture, capture.captured_at
        FROM outbox
        CROSS JOIN listing ON listing.id = outbox.listing_id
        JOIN listing_version AS content ON content.listing_id = listing.id AND content.version = listing.version
        JOIN assessment ON assessment.listing_id = listing.id
        LEFT JOIN lead ON lead.listing_id = listing.id
        LEFT JOIN capture ON capture.id = (
            SELECT page.id FROM sighting JOIN capture AS page ON page.id = sighting.capture_id
            WHERE sighting.listing_id = listing.id AND page.status <> 0 ORDER BY sighting.seen_at DESC, sighting.id DESC LIMIT 1)
        WHERE {which}
        """,
        values,
        buffered: false);

    private IndexDocument ToDocument(Row row, bool withWords = true)
    {
        var listing = JsonSerializer.Deserialize<Listing>(row.Body, ContractJson.Options)!;
        var assessment = JsonSerializer.Deserialize<Assessment>(row.AssessmentBody, ContractJson.Options)!;
        var (grams, words) = texts.Of(listing.Title, listing.Text, withWords);
        return new IndexDocument
        {
            Id = row.Id,
            Version = row.Number,
            Platform = row.Platform,
            ItemId = row.ItemId,
            Url = listing.Url ?? row.Url,
            Kind = row.Kind,
            Source = row.SourceId,
            Seller = listing.Seller,
            Location = listing.Location,
            Region = regions.Of(listing.Location),
            Price = (double?)listing.Price,
            Currency = listing.Currency,
            Items = assessment.Items,
            Decision = assessment.Decision,
            State = row.State,
            Risk = assessment.Risk,
            RulesVersion = assessment.RulesVersion,
            ModelVersion = assessment.ModelVersion,
            Capture = row.Capture,
            CapturedAt = StoredTime.TryParse(row.CapturedAt),
            FirstSeen = StoredTime.Parse(row.FirstSeen),
            LastSeen = StoredTime.Parse(row.LastSeen),
            Title = listing.Title,
            Text = listing.Text,
            Grams = grams,
            Words = words,
            Findings = [.. assessment.Findings.Select(Indexed)],
            Contacts =
            [
                .. assessment.Contacts.Select(contact => new IndexedContact(contact.Kind, contact.Value))
                    .Concat(listing.Contacts.Select(contact => new IndexedContact(contact.Kind, contact.Value)))
                    .Distinct(),
            ],
        };
    }

    private static IndexedFinding Indexed(Finding finding)
    {
        var span = finding.Spans.FirstOrDefault();
        var basis = finding.Basis.FirstOrDefault();
        return new IndexedFinding(finding.Type, finding.Rule, finding.Score, finding.Sources, span?.Text, span?.Canonical, basis?.Law, basis?.Article);
    }

    private sealed record Row
    {
        public required string Id { get; init; }

        public required long Number { get; init; }

        public string? Platform { get; init; }

        public string? ItemId { get; init; }

        public string? Url { get; init; }

        public required string Kind { get; init; }

        public required string SourceId { get; init; }

        public required string FirstSeen { get; init; }

        public required string LastSeen { get; init; }

        public required string Body { get; init; }

        public required string AssessmentBody { get; init; }

        public string? State { get; init; }

        public string? Capture { get; init; }

        public string? CapturedAt { get; init; }
    }
}
