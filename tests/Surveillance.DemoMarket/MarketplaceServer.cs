using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Surveillance.DemoMarket.Barriers;
using Surveillance.DemoMarket.Hostile;
using Surveillance.DemoMarket.Items;
using Surveillance.DemoMarket.Layout;
using Surveillance.DemoMarket.Listings;
using Surveillance.DemoMarket.Lookups;
using Surveillance.DemoMarket.Search;
using Surveillance.DemoMarket.Stock;

namespace Surveillance.DemoMarket;

/// <summary>A marketplace on 127.0.0.1 that behaves as real ones do, to show and test the crawler on.</summary>
/// <remarks>Each instance has shelves and counts of its own. It reads no settings and no environment, and leaves signals to the caller.</remarks>
public sealed class MarketplaceServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private MarketplaceServer(WebApplication application)
    {
        _application = application;
        BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single());
    }

    /// <summary>Ends with a slash, e.g. <c>http://127.0.0.1:5080/</c>.</summary>
    public Uri BaseAddress { get; }

    public MarketStock Stock => _application.Services.GetRequiredService<MarketStock>();

    public RequestCount Requests => _application.Services.GetRequiredService<RequestCount>();

    /// <param name="port">0 for any free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static Task<MarketplaceServer> StartAsync(int port = 0, CancellationToken cancellationToken = default) =>
        StartAsync(port, TimeProvider.System, cancellationToken);

    /// <param name="port">0 for any free one.</param>
    /// <param name="timeProvider">Says which day it is on the market, and paces the slow pages.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<MarketplaceServer> StartAsync(int port, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var application = Build(port, timeProvider);
        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
        return new(application);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private static WebApplication Build(int port, TimeProvider timeProvider)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore()
            .AddSingleton(timeProvider)
            .AddSingleton(new MarketStock(ListingFiles.All, timeProvider))
            .AddSingleton<RequestCount>()
            .AddSingleton<BusyGate>()
            .AddSingleton<IHostLifetime, CallerLifetime>()
            // A reader that never reads must not hold up a test's end.
            .Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var application = builder.Build();
        application.Use(next => context => application.Services.GetRequiredService<RequestCount>().CountAsync(context, next));
        application.UseRouting();
        application.MapStatic().MapSearch().MapItems().MapLookups().MapBarriers().MapHostile().MapControl();
        return application;
    }

    // The host's own lifetime would catch SIGTERM and keep a test process from ending.
    private sealed class CallerLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
