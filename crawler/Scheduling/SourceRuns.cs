using System.Collections.Concurrent;
using Surveillance.Crawler.Frontier;

namespace Surveillance.Crawler.Scheduling;

/// <summary>Which sources this process is crawling or about to, and how far each has come.</summary>
public sealed class SourceRuns
{
    private readonly ConcurrentDictionary<string, CrawlProgress?> _running = new(StringComparer.Ordinal);

    /// <summary>By source id; null until the first page has been committed.</summary>
    public IReadOnlyDictionary<string, CrawlProgress?> Running => _running;

    /// <summary>False where the source is running already.</summary>
    internal bool TryAnnounce(string sourceId) => _running.TryAdd(sourceId, null);

    internal void Report(CrawlProgress progress) => _running[progress.SourceId] = progress;

    internal void End(string sourceId) => _running.TryRemove(sourceId, out _);
}
