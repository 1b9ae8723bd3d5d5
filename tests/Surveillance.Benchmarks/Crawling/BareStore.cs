using Microsoft.Data.Sqlite;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>The peers' two tables with the peers' fields, as durable as theirs, and like theirs a queue in memory: for comparing the crawler alone.</summary>
/// <remarks>Thread safe, for one run. Listings are neither assessed nor kept by version.</remarks>
internal sealed class BareStore : ICrawlStore
{
    public const string Tables =
        """
        CREATE TABLE bare_page (id INTEGER PRIMARY KEY, url TEXT UNIQUE, status INTEGER, digest TEXT, fetched_at TEXT);
        CREATE TABLE bare_listing (url TEXT PRIMARY KEY, page_id INTEGER, title TEXT, price REAL, seller TEXT, location TEXT, text TEXT);
        """;

    private readonly Lock _lock = new();
    private readonly Queue<FrontierPage> _queued = new();
    private readonly GroupCommit _writing;
    private string _source = "";
    private int _done;

    public BareStore(Database database)
    {
        _writing = new GroupCommit(database);
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Tables;
        command.ExecuteNonQuery();
    }

    public Task<BeginRunOutcome> BeginRunAsync(string sourceId, IReadOnlyList<FrontierEntry> seeds, CancellationToken cancellationToken)
    {
        _source = sourceId;
        for (var place = 0; place < seeds.Count; place++)
        {
            _queued.Enqueue(new FrontierPage(place, 1, seeds[place].Url, seeds[place].Role, seeds[place].Depth, Attempts: 1));
        }

        return Task.FromResult<BeginRunOutcome>(new BeginRunOutcome.Began(1, Resumed: false));
    }

    public Task<LeasedPages> LeaseAsync(long runId, LeaseWish wish, CancellationToken cancellationToken)
    {
        var pages = new List<FrontierPage>();
        lock (_lock)
        {
            while (pages.Count < Math.Min(wish.Count, wish.PerHost) && _queued.TryPeek(out var next) && !wish.Except.Contains(next.Host))
            {
                pages.Add(_queued.Dequeue());
            }
        }

        return Task.FromResult(new LeasedPages(pages, null));
    }

    public Task CommitAsync(PageRecord record, CancellationToken cancellationToken) => _writing.WriteAsync(
        (connection, _) =>
        {
            Write(connection, record);
            return Interlocked.Increment(ref _done);
        },
        cancellationToken);

    public Task<string?> HeartbeatAsync(long runId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    public Task<RunSummary> EndRunAsync(long runId, RunState state, string? reason, IReadOnlyList<SourceProbe> probes, CancellationToken cancellationToken) =>
        Task.FromResult(new RunSummary(
            runId, _source, state, reason, DateTimeOffset.UnixEpoch, null, _done, 0, 0, 0, 0, 0, 0, 0, 0, new Dictionary<string, int>()));

    public Task PauseAsync(string sourceId, string by, string reason, CancellationToken cancellationToken) => throw new InvalidOperationException($"{sourceId} is to pause: {reason}");

    private static void Write(SqliteConnection connection, PageRecord record)
    {
        if (record is not { State: PageState.Done, Capture: { } capture })
        {
            throw new InvalidOperationException($"{record.Page.Url} ended as {record.State}: {record.Reason}");
        }

        var page = Prepared.Number(
            connection,
            "INSERT INTO bare_page (url, status, digest, fetched_at) VALUES (?1, ?2, ?3, datetime('now')) RETURNING id",
            capture.Url,
            capture.Status,
            capture.Digest.Value);
        foreach (var (listing, _) in record.Listings)
        {
            Prepared.Execute(
                connection,
                "INSERT INTO bare_listing (url, page_id, title, price, seller, location, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                listing.Url,
                page,
                listing.Title,
                (double?)listing.Price,
                listing.Seller,
                listing.Location,
                listing.Text);
        }
    }
}
