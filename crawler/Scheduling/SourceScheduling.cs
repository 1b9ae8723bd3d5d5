using Microsoft.Extensions.Hosting;
using Quartz;
using Surveillance.Crawler.Sources;

namespace Surveillance.Crawler.Scheduling;

/// <summary>Makes the scheduler's jobs those of the enabled sources when the process starts.</summary>
/// <remarks>A trigger whose times are still those of its source's file is left alone: it knows what was missed while no process ran.</remarks>
internal sealed class SourceScheduling(SourceCatalogue catalogue, SourceSchedule schedule, ISchedulerFactory schedulers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var enabled = catalogue.Sources.Where(source => source.Enabled).ToList();
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.GroupEquals(SourceJob.Group), cancellationToken))
        {
            if (enabled.TrueForAll(source => source.Id != key.Name))
            {
                await scheduler.DeleteJob(key, cancellationToken);
            }
        }

        foreach (var source in enabled)
        {
            await PutAsync(scheduler, source, cancellationToken);
        }
    }

    /// <summary>Quartz's own hosted service ends the jobs.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task PutAsync(IScheduler scheduler, SourceDefinition source, CancellationToken cancellationToken)
    {
        await scheduler.AddJob(JobOf(source), new AddJobOptions { Replace = true }, cancellationToken);
        var existing = await scheduler.GetTrigger(SourceSchedule.TriggerOf(source.Id), cancellationToken);
        if (existing is ICronTrigger { CronExpressionString: { } times } && times == source.Schedule)
        {
            return;
        }

        if (existing is not null)
        {
            await scheduler.UnscheduleJob(existing.Key, cancellationToken);
        }

        // Where all its times have passed Quartz refuses a trigger; the source can still be run by hand.
        if (schedule.NextRun(source.Id) is not null)
        {
            await scheduler.ScheduleJob(TriggerOf(source), default, cancellationToken);
        }
    }

    private static IJobDetail JobOf(SourceDefinition source) =>
        JobBuilder.Create<SourceJob>()
            .WithIdentity(SourceSchedule.KeyOf(source.Id))
            .WithDescription(source.Name)
            .StoreDurably()

            // A run that a killed process left is taken up as soon as another one starts.
            .RequestRecovery()
            .Build();

    private static ITrigger TriggerOf(SourceDefinition source) =>
        TriggerBuilder.Create()
            .WithIdentity(SourceSchedule.TriggerOf(source.Id))
            .ForJob(SourceSchedule.KeyOf(source.Id))
            .WithSchedule(CronScheduleBuilder.Create(SourceSchedule.CronOf(source))
                .InTimeZone(ChinaTime.Zone)
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
}
