using System.Collections.Immutable;
using System.Text.Json;
using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Tests.Leads;

/// <summary>A record store in a temporary folder that tests fill with listings by hand, as the listing store would.</summary>
public sealed class LeadBook : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("surveil-leads-").FullName;

    public LeadBook()
    {
        Database = new Database(Path.Combine(_folder, "records.db"));
        Leads = new LeadStore(Database, Time);
    }

    public Database Database { get; }

    public ManualClock Time { get; } = new(new DateTimeOffset(2026, 11, 20, 1, 0, 0, TimeSpan.Zero));

    public LeadStore Leads { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Files a listing, or a new version of it, seen now.</summary>
    public LeadId Put(int number, Listing listing, Assessment assessment, string? captureUrl = null, string source = "test-source")
    {
        var id = IdOf(number);
        Database.Write((connection, transaction) =>
        {
            var version = connection.ExecuteScalar<int>("SELECT coalesce(max(version), 0) + 1 FROM listing_version WHERE listing_id = @id", new { id = id.Value }, transaction);
            var row = new
            {
                Id = id.Value,
                listing.Platform,
                Item = listing.Id,
                listing.Url,
                Kind = listing.Kind.ToString().ToLowerInvariant(),
                Source = source,
                Version = version,
                Now = StoredTime.Of(Time.GetUtcNow()),
                listing.Title,
                listing.Text,
                Price = (double?)listing.Price,
                listing.Seller,
                listing.Location,
                Body = JsonSerializer.Serialize(listing, ContractJson.Options),
                Digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(listing))),
                CaptureUrl = captureUrl,
            };
            connection.Execute(
                """
                INSERT INTO listing (id, key, platform, item_id, url, kind, source_id, version, first_seen, last_seen)
                VALUES (@Id, @Id, @Platform, @Item, @Url, @Kind, @Source, @Version, @Now, @Now)
                ON CONFLICT (id) DO UPDATE SET version = excluded.version, last_seen = excluded.last_seen;
                INSERT INTO listing_version (listing_id, version, content, title, text, price, seller, location, body, seen_at, is_excerpt, source_id)
                VALUES (@Id, @Version, @Digest, @Title, @Text, @Price, @Seller, @Location, @Body, @Now, 0, @Source);
                INSERT INTO capture (digest, url, final_url, status, headers, length_bytes, captured_at, fetcher, source_id)
                SELECT @Digest, @CaptureUrl, @CaptureUrl, 200, '', 1, @Now, 'http', @Source WHERE @CaptureUrl IS NOT NULL;
                INSERT INTO sighting (listing_id, version, origin, observed, seen_at, capture_id)
                VALUES (@Id, @Version, 'capture', @Now, @Now, CASE WHEN @CaptureUrl IS NULL THEN NULL ELSE last_insert_rowid() END);
                """,
                row,
                transaction);
            AssessmentRows.Save(connection, transaction, new AssessedVersion(id.Value, version, ListingChanged: true), assessment, Time.GetUtcNow());
            return version;
        });
        return id;
    }

    /// <summary>Files a new assessment of what is filed already, as a replay does.</summary>
    public void Reassess(LeadId id, Assessment assessment) => Database.Write((connection, transaction) =>
    {
        var version = connection.ExecuteScalar<int>("SELECT version FROM listing WHERE id = @id", new { id = id.Value }, transaction);
        AssessmentRows.Save(connection, transaction, new AssessedVersion(id.Value, version, ListingChanged: false), assessment, Time.GetUtcNow());
        return version;
    });

    public async Task<LeadDetail> FindAsync(LeadId id) => await Leads.FindAsync(id, Token) ?? throw new InvalidOperationException($"no lead {id}");

    public async Task<DecideOutcome> DecideAsync(LeadId id, LeadDecision decision, int? revision = null, ImmutableArray<string>? seen = null)
    {
        var present = (await FindAsync(id)).Row.Standing.Revision;
        return await Leads.DecideAsync(new LeadRuling(id, revision ?? present, decision, "张三", seen), Token);
    }

    public async Task<IReadOnlyList<LeadId>> IdsAsync(LeadFilter filter) => [.. (await Leads.ListAsync(filter, 0, 500, Token)).Rows.Select(row => row.Id)];

    public static LeadId IdOf(int number) => LeadId.Parse(number.ToString("x20", System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands still until it is moved.</summary>
public sealed class ManualClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
