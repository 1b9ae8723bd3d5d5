using Microsoft.Extensions.Logging;
using Surveillance.Api.Rules;
using Surveillance.Classifier;

namespace Surveillance.Tests.Rules;

public sealed class RuleReloadTests : IDisposable
{
    private static readonly DateOnly Day = new(2026, 1, 1);
    private static readonly Listing Sure = new() { Text = "报名稳过" };

    private readonly SmallRuleFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Follows_a_changed_folder()
    {
        var classifier = _folder.Load();
        var before = classifier.RulesVersion;
        Assert.Equal(Decision.Clear, classifier.Classify(Sure, Day).Decision);

        _folder.Write("rules/sets.yaml", "pass: [包过, 必过, 稳过]");

        Assert.True(classifier.ReloadIfChanged());
        Assert.Equal(Decision.Flag, classifier.Classify(Sure, Day).Decision);
        Assert.NotEqual(before, classifier.RulesVersion);
    }

    [Fact]
    public void Does_nothing_while_nothing_changed() => Assert.False(_folder.Load().ReloadIfChanged());

    [Fact]
    public void Keeps_the_old_set_when_the_new_one_is_wrong_and_says_so_once()
    {
        var classifier = _folder.Load();
        var before = classifier.RulesVersion;
        _folder.Write("rules/sets.yaml", "pass: [<nothing>]");

        Assert.Contains("sets.yaml", Assert.Throws<RuleSetException>(() => classifier.ReloadIfChanged()).Message, StringComparison.Ordinal);
        Assert.False(classifier.ReloadIfChanged());
        Assert.Equal(before, classifier.RulesVersion);
        Assert.Equal(Decision.Flag, classifier.Classify(new Listing { Text = "报名包过" }, Day).Decision);
    }

    [Fact]
    public void Takes_up_the_set_that_mends_a_wrong_one()
    {
        var classifier = _folder.Load();
        _folder.Write("rules/sets.yaml", "pass: [<nothing>]");
        Assert.Throws<RuleSetException>(() => classifier.ReloadIfChanged());

        _folder.Write("rules/sets.yaml", "pass: [包过, 必过, 稳过]");

        Assert.True(classifier.ReloadIfChanged());
    }

    [Fact]
    public void The_server_logs_what_it_took_up_and_why_it_refused()
    {
        var lines = new List<string>();
        using var logging = LoggerFactory.Create(builder => builder.AddProvider(new ListProvider(lines)));
        using var watcher = new RuleFolderWatcher(_folder.Load(), TimeProvider.System, logging.CreateLogger<RuleFolderWatcher>());

        watcher.Check();
        Assert.Empty(lines);
        _folder.Write("rules/sets.yaml", "pass: [<nothing>]");
        watcher.Check();
        _folder.Write("rules/sets.yaml", "pass: [包过, 必过, 稳过]");
        watcher.Check();

        Assert.Equal(2, lines.Count);
        Assert.Contains("unknown set <nothing>", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("Information rules reloaded", lines[1], StringComparison.Ordinal);
    }

    private sealed class ListProvider(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add($"{logLevel} {formatter(state, exception)}");

        public void Dispose()
        {
        }
    }
}
