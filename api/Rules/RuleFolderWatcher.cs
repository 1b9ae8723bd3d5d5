using Surveillance.Classifier;

namespace Surveillance.Api.Rules;

/// <summary>Lets the running server follow changes of the rule, law, lexicon and platform files beside the program.</summary>
/// <remarks>It compares contents, not notifications, which network and container file systems may not send.</remarks>
internal sealed class RuleFolderWatcher(TextClassifier classifier, TimeProvider time, ILogger<RuleFolderWatcher> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    /// <summary>Takes up a changed set; a wrong one is refused, and the log says why.</summary>
    public void Check()
    {
        try
        {
            if (classifier.ReloadIfChanged())
            {
                logger.RulesReloaded(classifier.RulesVersion);
            }
        }
        catch (RuleSetException error)
        {
            logger.RulesRefused(classifier.RulesVersion, error.Message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A file that is being replaced: the next look finds it whole, or says so again.
            logger.RulesUnreadable(classifier.RulesVersion, error.Message);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Check();
        }
    }
}
