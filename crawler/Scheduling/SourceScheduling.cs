using Microsoft.Extensions.Hosting;
using Quartz;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Scheduling;

/// <summary>Puts a job for every enabled source on the scheduler when the process starts.</summary>
internal sealed class SourceScheduling(SourceCatalogue catalogue, SourceSchedule schedule, ISchedulerFactory schedulers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        foreach (var source in catalogue.Sources.Where(source => source.Enabled))
        {
            if (schedule.NextRun(source.Id) is null)
            {
                // All its times have passed. Quartz refuses such a trigger; the source can still be run by hand.
                await scheduler.AddJob(JobOf(source), default, cancellationToken);
                continue;
            }

            await scheduler.ScheduleJob(JobOf(source), TriggerOf(source), default, cancellationToken);
        }
    }

    /// <summary>Quartz's own hosted service ends the jobs.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static IJobDetail JobOf(SourceDefinition source) =>
        JobBuilder.Create<SourceJob>()
            .WithIdentity(SourceSchedule.KeyOf(source.Id))
            .WithDescription(source.Name)
            .StoreDurably()
            .Build();

    private static ITrigger TriggerOf(SourceDefinition source) =>
        TriggerBuilder.Create()
            .WithIdentity(source.Id, SourceJob.Group)
            .WithSchedule(CronScheduleBuilder.Create(SourceSchedule.CronOf(source))
                .InTimeZone(ChinaTime.Zone)
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
}
