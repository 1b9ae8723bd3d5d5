using Surveillance.Api.Accounts;
using Surveillance.Api.Operators;
using Surveillance.Api.Pages;
using Surveillance.Api.Rules;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Settings;
using Surveillance.Api.Sources;
using Surveillance.Api.Storage;
using Surveillance.Crawler;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Sites;
using Surveillance.Crawler.Scheduling;
using Surveillance.Crawler.Sources;

namespace Surveillance.Api.Cli;

/// <summary>Puts the program's parts together, with pages and schedule or without.</summary>
internal static class ProgramServices
{
    /// <summary>Records and crawler, for commands that run and end.</summary>
    /// <param name="demoBase">Where the demo marketplace listens; null leaves its sources out.</param>
    public static ServiceProvider BuildForCommand(SurveillanceSettings settings, Uri? demoBase = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(ToStandardError);
        services.AddLogging(WithoutIndex);
        services.AddProgram(settings, demoBase);
        return services.BuildServiceProvider();
    }

    /// <summary>Records and index, for commands that look things up or decide, and assess nothing.</summary>
    public static ServiceProvider BuildForSearch(SurveillanceSettings settings)
    {
        var server = settings.SearchServer();
        var services = new ServiceCollection();
        services.AddLogging(ToStandardError);
        services.AddLogging(WithoutIndex);
        services.AddSingleton(TimeProvider.System);
        services.AddRecords(settings.StorePath, ProgramFiles.DataFolder, modelFile: null);
        services.AddSearch(server, settings.SearchFolder, ProgramFiles.DataFolder);
        return services.BuildServiceProvider();
    }

    /// <summary>The web server: pages and API unless <paramref name="role"/> is <c>crawler</c>, scheduled crawls unless it is <c>web</c>.</summary>
    public static WebApplication BuildServer(SurveillanceSettings settings, ServerRole role, Uri? demoBase = null)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        ToStandardError(builder.Logging);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.UseUrls(settings.Urls.Split(';'));
        builder.Services.AddProgram(settings, demoBase);
        builder.Services.AddHostedService<RuleFolderWatcher>();
        builder.Services.AddHostedService<OperatorWatch>();
        builder.Services.AddHostedService<IndexFeedWatch>();
        if (role != ServerRole.Web)
        {
            builder.Services.AddCrawlSchedule(store => store.UseRecords(settings.StorePath));
        }

        if (role == ServerRole.Crawler)
        {
            return builder.Build();
        }

        builder.Services.AddSingleton(new AccessOptions(settings.Token));
        builder.Services.AddSingleton(provider => Roster(provider.GetRequiredService<SourceCatalogue>(), provider.GetService<SourceSchedule>()));
        builder.Services.AddSingleton(new ModelSwitch(IsOff: settings.RulesOnly));
        builder.Services.AddPages();
        return builder.Build().MapPages();
    }

    private static void AddProgram(this IServiceCollection services, SurveillanceSettings settings, Uri? demoBase)
    {
        var searchServer = settings.SearchServer();
        var sites = SiteFiles.Read(Path.Combine(settings.DataFolder, "sites"));
        services.AddSingleton(PageReader.CreateDefault(sites.Catalog));
        foreach (var fault in sites.Faults)
        {
            Console.Error.WriteLine($"{fault.File}: {fault.Reason}; its site is read by the general rules");
        }

        services.AddSingleton(TimeProvider.System);
        services.AddRecords(settings.StorePath, ProgramFiles.DataFolder, ModelFiles.ToAssess(settings));
        services.AddSearch(searchServer, settings.SearchFolder, ProgramFiles.DataFolder);
        services.AddSingleton(Microsoft.Extensions.Options.Options.Create(new CrawlOptions { Contact = settings.Contact }));
        services.AddCrawler(
            new SourceFolders
            {
                Shipped = Path.Combine(ProgramFiles.DataFolder, "sources"),
                Overrides = Path.Combine(settings.DataFolder, "sources"),
                DemoBase = demoBase,
            },
            Path.Combine(settings.DataFolder, "evidence"));
    }

    private static void ToStandardError(ILoggingBuilder logging) => logging
        .AddSimpleConsole(console => console.SingleLine = true)
        .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
        .SetMinimumLevel(LogLevel.Warning)
        .AddFilter("Surveillance", LogLevel.Information);

    /// <summary>Commands say themselves how the index is.</summary>
    private static void WithoutIndex(ILoggingBuilder logging) => logging.AddFilter(typeof(IndexGate).FullName, LogLevel.None);

    private static SourceRoster Roster(SourceCatalogue catalogue, SourceSchedule? schedule) => new(
        () =>
        [
            .. catalogue.Sources.Select(source => new SourceEntry(source.Id, source.Name, source.Platform, source.Enabled, null, source.Schedule)),
            .. catalogue.Faults.Select(fault => new SourceEntry(fault.Id, fault.Id, null, false, fault.Reason, null)),
        ],
        id => schedule?.NextRun(id),
        schedule is null ? null : schedule.RunNowAsync);
}

/// <summary>Which parts a server runs.</summary>
internal enum ServerRole
{
    All,
    Web,
    Crawler,
}
