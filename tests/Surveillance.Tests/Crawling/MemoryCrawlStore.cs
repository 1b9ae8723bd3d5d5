using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Tests.Crawling;

/// <summary>A crawl store that lives as long as the test; outlives a crawl that is cancelled or killed.</summary>
internal sealed class MemoryCrawlStore(TimeProvider time) : ICrawlStore
{
    private readonly Lock _lock = new();
    private readonly List<Row> _rows = [];
    private readonly List<PageRecord> _records = [];
    private readonly DateTimeOffset _started = time.GetUtcNow();
    private RunState? _state;
    private string _source = "";

    /// <summary>Thrown once by the next commit, as if the process had been killed there.</summary>
    public Exception? Kill { get; set; }

    /// <summary>What earlier runs are to have captured of an address.</summary>
    public Func<string, KnownCapture?>? Known { get; set; }

    /// <summary>Requests of the source before the run on the same day.</summary>
    public int AskedToday { get; set; }

    /// <summary>Ends of pages before the run.</summary>
    public string RecentEnds { get; set; } = "";

    /// <summary>Why the source was paused, null while it is not.</summary>
    public string? PauseReason { get; private set; }

    /// <summary>Of the latest run, null before the first.</summary>
    public RunState? State
    {
        get
        {
            lock (_lock)
            {
                return _state;
            }
        }
    }

    public IReadOnlyList<PageRecord> Records
    {
        get
        {
            lock (_lock)
            {
                return [.. _records];
            }
        }
    }

    /// <summary>Every page with its state, in order of discovery, as <c>/path state</c>.</summary>
    public IReadOnlyList<string> Pages
    {
        get
        {
            lock (_lock)
            {
                return [.. _rows.Select(row => $"{new Uri(row.Entry.Url).PathAndQuery} {row.State}")];
            }
        }
    }

    public Task<BeginRunOutcome> BeginRunAsync(string sourceId, IReadOnlyList<FrontierEntry> seeds, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_state == RunState.Running)
            {
                return Task.FromResult<BeginRunOutcome>(new BeginRunOutcome.AlreadyRunning(1, _started));
            }

            var resumed = _state is not null;
            (_state, _source) = (RunState.Running, sourceId);
            _rows.Where(row => row.State == PageState.Leased).ToList().ForEach(row => row.State = PageState.Queued);
            Enqueue(seeds);
            var ended = _rows.Count(row => row.State is not (PageState.Queued or PageState.Declined));
            return Task.FromResult<BeginRunOutcome>(new BeginRunOutcome.Began(1, resumed) { PagesEnded = ended, AskedToday = AskedToday, RecentEnds = RecentEnds });
        }
    }

    public Task<LeasedPages> LeaseAsync(long runId, LeaseWish wish, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var queued = _rows.Where(row => row.State == PageState.Queued).ToList();
            var due = queued.Where(row => row.Due <= now)
                .GroupBy(row => CanonicalUrl.HostOf(row.Entry.Url))
                .Where(host => !wish.Except.Contains(host.Key))
                .SelectMany(host => host.Take(wish.PerHost))
                .Take(wish.Count).ToList();
            due.ForEach(row => (row.State, row.Attempts) = (PageState.Leased, row.Attempts + 1));
            return Task.FromResult(new LeasedPages(
                [.. due.Select(row => new FrontierPage(_rows.IndexOf(row), runId, row.Entry.Url, row.Entry.Role, row.Entry.Depth, row.Attempts) { Known = Known?.Invoke(row.Entry.Url) })],
                queued.Where(row => row.Due > now).Min(row => (DateTimeOffset?)row.Due)));
        }
    }

    public Task CommitAsync(PageRecord record, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (Kill is { } error)
            {
                Kill = null;
                _state = RunState.Failed;
                throw error;
            }

            var row = _rows[(int)record.Page.Id];
            if (row.State != PageState.Leased)
            {
                throw new InvalidOperationException($"{row.Entry.Url} was committed twice.");
            }

            (row.State, row.Due) = (record.State, time.GetUtcNow() + (record.RetryAfter ?? TimeSpan.Zero));
            row.Attempts -= record.Asked ? 0 : 1;
            _records.Add(record);
            Enqueue(record.Discovered);
            return Task.CompletedTask;
        }
    }

    public Task<string?> HeartbeatAsync(long runId, CancellationToken cancellationToken) => Task.FromResult(PauseReason);

    public Task<RunSummary> EndRunAsync(long runId, RunState state, string? reason, IReadOnlyList<SourceProbe> probes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _state = state;
            var flagged = _records.SelectMany(record => record.Listings).Count(listing => listing.Assessment.Decision == Decision.Flag);
            return Task.FromResult(new RunSummary(
                runId, _source, state, reason, _started, time.GetUtcNow(), Count(PageState.Done) + Count(PageState.Empty) + Count(PageState.Gone) + Count(PageState.Blocked),
                _records.Sum(record => record.Listings.Count), flagged, Count(PageState.Blocked), Count(PageState.Empty), Count(PageState.Gone),
                Count(PageState.Declined), Count(PageState.Failed), Count(PageState.Queued) + Count(PageState.Leased), new Dictionary<string, int>()));
        }
    }

    public Task PauseAsync(string sourceId, string by, string reason, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            PauseReason ??= reason;
            return Task.CompletedTask;
        }
    }

    private int Count(PageState state) => _rows.Count(row => row.State == state);

    private void Enqueue(IReadOnlyList<FrontierEntry> entries)
    {
        foreach (var entry in entries.Where(entry => _rows.TrueForAll(row => row.Entry.Url != entry.Url)))
        {
            _rows.Add(new Row { Entry = entry, Due = time.GetUtcNow() });
        }
    }

    private sealed class Row
    {
        public required FrontierEntry Entry { get; init; }

        public PageState State { get; set; } = PageState.Queued;

        public int Attempts { get; set; }

        public DateTimeOffset Due { get; set; }
    }
}
