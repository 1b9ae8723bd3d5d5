using Microsoft.Extensions.Logging;
using Quartz;
using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Scheduling;

/// <summary>One scheduled run. The job's name is the source's id; Quartz never runs the same one twice at a time.</summary>
[DisallowConcurrentExecution]
internal sealed class SourceJob(Crawl crawl, SourceCatalogue catalogue, SourceRuns runs, IEnumerable<IFeedRun> feeds, TimeProvider time, ILogger<SourceJob> logger) : IJob, IProgress<CrawlProgress>
{
    public const string Group = "sources";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var source = catalogue.Find(context.JobDetail.Key.Name)
            ?? throw new InvalidOperationException($"A job is scheduled for source {context.JobDetail.Key.Name}, which is not in the catalogue.");
        if (context.Trigger.Key.Equals(SourceSchedule.TriggerOf(source.Id)))
        {
            await Task.Delay(source.Jitter * Random.Shared.NextDouble(), time, cancellationToken);
        }

        runs.TryAnnounce(source.Id);
        try
        {
            switch (source.Feed is null ? await crawl.RunAsync(source, this, cancellationToken) : await feeds.Single().RunAsync(source, cancellationToken))
            {
                case CrawlOutcome.Ended ended:
                    logger.LogInformation("Run {RunId} of {Source} ended as {State}: {Pages} pages, {Listings} listings, {Flagged} flagged.", ended.Summary.RunId, source.Id, ended.Summary.State, ended.Summary.Pages, ended.Summary.Listings, ended.Summary.Flagged);
                    break;
                case CrawlOutcome.Paused paused:
                    logger.LogInformation("{Source} is paused since {Since} by {By}: {Reason}", source.Id, paused.Since, paused.By, paused.Reason);
                    break;
                case CrawlOutcome.AlreadyRunning running:
                    logger.LogInformation("{Source} is being crawled since {Since} by another process; skipped.", source.Id, running.Since);
                    break;
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }
        finally
        {
            runs.End(source.Id);
        }
    }

    public void Report(CrawlProgress value) => runs.Report(value);
}
