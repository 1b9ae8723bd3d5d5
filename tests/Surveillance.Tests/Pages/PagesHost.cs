using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Surveillance.Api.Accounts;
using Surveillance.Api.Cli;
using Surveillance.Api.Pages;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Sources;
using Surveillance.Api.Storage;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Search.Feeding;

namespace Surveillance.Tests.Pages;

/// <summary>The real pages and API on a free loopback port, over a store that the test fills.</summary>
public sealed class PagesHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private PagesHost(WebApplication app, LeadBook book)
    {
        _app = app;
        Book = book;
        Address = new Uri(app.Urls.Single());
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Address };
    }

    public LeadBook Book { get; }

    public Uri Address { get; }

    /// <summary>Sends what was filed meanwhile to the index.</summary>
    public Task<bool> CatchUpAsync() => _app.Services.GetRequiredService<IndexFeed>().CatchUpAsync(TimeSpan.FromSeconds(20), LeadBook.Token);

    /// <summary>Follows no redirect and keeps no cookie.</summary>
    public HttpClient Client { get; }

    public IReadOnlyList<RouteEndpoint> Routes => [.. _app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];

    public static async Task<PagesHost> StartAsync(LeadBook book, string? token = null, SourceRoster? roster = null, bool modelIsOff = false, TroubledIndex? index = null)
    {
        // From another folder, in production: as the program is started by people.
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = "Surveillance.Api",
            EnvironmentName = "Production",
            ContentRootPath = Path.GetTempPath(),
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton(book.Database);
        builder.Services.AddSingleton<TimeProvider>(book.Time);
        builder.Services.AddSingleton(new AccessOptions(token));
        builder.Services.AddSingleton(roster ?? SourceRoster.None);
        builder.Services.AddSingleton(new ModelSwitch(modelIsOff));
        builder.Services.AddSingleton<SourceStates>();
        builder.Services.AddSingleton(Support.Some.Classifier);
        builder.Services.AddSearch(server: null, Path.Combine(Path.GetDirectoryName(book.Database.FilePath)!, "search"), ProgramFiles.DataFolder);
        builder.Services.AddSingleton<IListingIndex>(index ?? new TroubledIndex());
        builder.Services.AddPages();
        var app = builder.Build();
        app.MapPages();
        await app.StartAsync(LeadBook.Token);
        await app.Services.GetRequiredService<IndexFeed>().CatchUpAsync(TimeSpan.FromSeconds(20), LeadBook.Token);
        return new PagesHost(app, book);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Book.Dispose();
    }
}
