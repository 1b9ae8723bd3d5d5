namespace Surveillance.Api.Search.Feeding;

/// <summary>The index, and whether it answers: while it does not, the program goes on from the records and asks again after a while.</summary>
/// <remarks>Thread safe.</remarks>
public sealed partial class IndexGate(IListingIndex index, TimeProvider time, ILogger<IndexGate> logger)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private IndexCondition _now = new(index.Name, null, null, null, IsUnusable: false);
    private TimeSpan _pause = FirstPause;
    private DateTimeOffset _retryAt = DateTimeOffset.MinValue;

    public IListingIndex Index => index;

    /// <summary>As far as this process knows.</summary>
    public IndexCondition Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    /// <summary>How long not to ask again; zero where it may be asked now.</summary>
    public TimeSpan Pause
    {
        get
        {
            lock (_lock)
            {
                return _retryAt - time.GetUtcNow() is { Ticks: > 0 } left ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Asks the engine which index is read, and makes the first one where there is none.</summary>
    /// <returns>False where it can't be reached, or must be built anew before it is used; <see cref="Now"/> says why.</returns>
    /// <exception cref="SearchUnusableException">It answers, but a person must mend it.</exception>
    public async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var status = await index.OpenAsync(cancellationToken);
            if (status.SchemaVersion > IndexSchema.Version)
            {
                throw new SearchUnusableException(
                    $"the index {status.Index} has schema {status.SchemaVersion}, expected at most {IndexSchema.Version}: a newer program made it");
            }

            Open(status);
            return Now.IsInUse;
        }
        catch (SearchUnavailableException error)
        {
            Lost(error);
            return false;
        }
        catch (SearchUnusableException error)
        {
            Refused(error);
            throw;
        }
    }

    /// <summary>True where it answered last, or answers now; an engine that did not is not asked more often than it can bear.</summary>
    public async Task<bool> IsOpenAsync(CancellationToken cancellationToken) => Now.IsInUse || await AskAsync(cancellationToken);

    /// <summary>Asks the engine how it is, unless it failed a moment ago.</summary>
    /// <returns>Whether it is in use.</returns>
    public async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Pause > TimeSpan.Zero ? Now.IsInUse : await OpenAsync(cancellationToken);
        }
        catch (SearchUnusableException)
        {
            // It was kept as the condition, which pages and commands show.
            return false;
        }
    }

    /// <summary>Keeps that the engine could not be reached.</summary>
    public void Lost(SearchUnavailableException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (Fail(error.Message, error.RetryAfter, isUnusable: false))
        {
            LogLost(logger, error.Message);
        }
    }

    /// <summary>Keeps that a person must mend the engine.</summary>
    public void Refused(SearchUnusableException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (Fail(error.Message, LongestPause, isUnusable: true))
        {
            LogRefused(logger, error.Message);
        }
    }

    private void Open(IndexStatus status)
    {
        bool isBack;
        lock (_lock)
        {
            isBack = _now.Problem is not null;
            _now = new IndexCondition(index.Name, status, null, null, IsUnusable: false);
            _pause = FirstPause;
            _retryAt = _now.IsOutdated ? time.GetUtcNow() + LongestPause : DateTimeOffset.MinValue;
        }

        if (Now.IsOutdated)
        {
            LogOutdated(logger, status.Index, status.SchemaVersion);
        }
        else if (isBack)
        {
            LogBack(logger, index.Name);
        }
    }

    /// <returns>True where it is news.</returns>
    private bool Fail(string problem, TimeSpan? asked, bool isUnusable)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var isNews = _now.Problem is null;

            // Many programs that lost one server must not come back in step.
            var pause = _pause * (0.5 + Random.Shared.NextDouble());
            _retryAt = now + (asked > pause ? asked.Value : pause);
            _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            _now = new IndexCondition(index.Name, _now.Status, problem, _now.Since ?? now, isUnusable);
            return isNews;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index can't be reached, searches come from the records until it is back: {Problem}")]
    private static partial void LogLost(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Error, Message = "The index can't be used, searches come from the records: {Problem}")]
    private static partial void LogRefused(ILogger logger, string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The index {Index} has an older schema ({Schema}); searches come from the records until surveil reindex has built it anew")]
    private static partial void LogOutdated(ILogger logger, string index, int schema);

    [LoggerMessage(Level = LogLevel.Information, Message = "The index {Engine} is back")]
    private static partial void LogBack(ILogger logger, string engine);
}

/// <summary>How the index is.</summary>
/// <param name="Engine">See <see cref="IListingIndex.Name"/>.</param>
/// <param name="Status">As it answered last; null before it ever did.</param>
/// <param name="Problem">Why it can't be used now, one sentence without secrets; null where it can, or was not asked yet.</param>
/// <param name="Since">Since when it can't, UTC.</param>
/// <param name="IsUnusable">Whether a person must mend it; otherwise it is asked again.</param>
public sealed record IndexCondition(string Engine, IndexStatus? Status, string? Problem, DateTimeOffset? Since, bool IsUnusable)
{
    /// <summary>Built to an older schema than this program's: it is neither read nor written until <c>reindex</c> has built the next one.</summary>
    public bool IsOutdated => Status?.SchemaVersion < IndexSchema.Version;

    /// <summary>Whether searches come from the index; else they come from the records.</summary>
    public bool IsInUse => Status is not null && Problem is null && !IsOutdated;
}
