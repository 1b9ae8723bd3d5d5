using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Surveillance.Api.Accounts;
using Surveillance.Api.Cli;
using Surveillance.Api.Leads;
using Surveillance.Api.Pages;
using Surveillance.Api.Pictures;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Sources;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Evidence;
using Surveillance.Crawler.Pictures;
using Surveillance.Tests.Leads;
using Surveillance.Tests.Pictures;
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

    public string EvidenceFolder => EvidenceFolderOf(Book);

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
        builder.Services.AddSingleton(new EvidenceStore(EvidenceFolderOf(book)));
        builder.Services.AddPages();
        var app = builder.Build();
        app.MapPages();
        await app.StartAsync(LeadBook.Token);
        await app.Services.GetRequiredService<IndexFeed>().CatchUpAsync(TimeSpan.FromSeconds(20), LeadBook.Token);
        return new PagesHost(app, book);
    }

    /// <summary>Seals a picture and files it as a lead's, as a run does.</summary>
    public async Task<Digest> ShowPictureAsync(LeadId lead, byte[] bytes, string url, PictureState state = PictureState.Done, string contentType = "image/png")
    {
        var digest = await _app.Services.GetRequiredService<EvidenceStore>().SealAsync(bytes, LeadBook.Token);
        var capture = new Capture(digest, url, url, 200, "", contentType, bytes.Length, Book.Time.GetUtcNow(), "http");
        var reason = state == PictureState.Done ? null : "图片另有情况";
        var print = state == PictureState.Done ? Drawn.Print(bytes) : null;
        await new PictureStore(Book.Database, Book.Time).CommitAsync(
            new PictureRecord(new WantedPicture(url, [lead.Value]), "test-source", RunId: null, state, reason, state == PictureState.Gone ? null : capture, print), LeadBook.Token);
        return digest;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
        Book.Dispose();
    }

    private static string EvidenceFolderOf(LeadBook book) => Path.Combine(Path.GetDirectoryName(book.Database.FilePath)!, "evidence");
}
