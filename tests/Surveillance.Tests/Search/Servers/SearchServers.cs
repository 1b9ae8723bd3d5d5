using System.Text.Json;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Server;
using Surveillance.Api.Storage;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Servers;

/// <summary>One server of each kind for all tests that need no more than that, started when the first asks; index names are the contract's, so one test at a time.</summary>
public sealed class SearchServers : IAsyncDisposable
{
    private readonly Dictionary<string, Uri> _addresses = new(StringComparer.Ordinal);
    private readonly List<SearchServer> _started = [];
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false });

    /// <summary>The address of a server without any index of ours. Skips the test where there is no such server.</summary>
    public async Task<Uri> EmptyAsync(string kind)
    {
        var address = await AddressAsync(kind);
        await ForgetAsync(address);
        return address;
    }

    /// <summary>An empty index on such a server.</summary>
    public async Task<IListingIndex> OpenedAsync(string kind)
    {
        var index = Index(await EmptyAsync(kind));
        await index.OpenAsync(TestContext.Current.CancellationToken);
        return index;
    }

    /// <summary>Deletes what lies under our names, an index under the alias included.</summary>
    public async Task ForgetAsync(Uri address)
    {
        foreach (var name in (await AskAsync(HttpMethod.Get, address, $"{IndexSchema.Alias}*")).EnumerateObject().Select(index => index.Name).ToList())
        {
            await AskAsync(HttpMethod.Delete, address, name);
        }
    }

    /// <summary>Asks the server past the code under test; fails where it refuses.</summary>
    public async Task<JsonElement> AskAsync(HttpMethod method, Uri address, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        if (body is not null)
        {
            request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        }

        using var response = await _client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    public static ServerListingIndex Index(Uri address) => Index(new SearchServerOptions(address));

    public static ServerListingIndex Index(SearchServerOptions options, StoreId? store = null) => new(options, store ?? Some.Store, () => "test", TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        foreach (var server in _started)
        {
            await server.DisposeAsync();
        }
    }

    private async Task<Uri> AddressAsync(string kind)
    {
        if (_addresses.TryGetValue(kind, out var known))
        {
            return known;
        }

        if (SearchServer.IsThere)
        {
            var server = await SearchServer.StartAsync(kind);
            _started.Add(server);
            return _addresses[kind] = server.Address;
        }

        var named = Environment.GetEnvironmentVariable("SURVEIL_TEST_SEARCH");
        Assert.SkipWhen(named is null, $"no {kind}: ../shared/elasticsearch is not beside the repository, and SURVEIL_TEST_SEARCH names no server");
        var address = new Uri(named!);
        var distribution = (await AskAsync(HttpMethod.Get, address, "")).GetProperty("version").TryGetProperty("distribution", out var name) ? name.GetString() : SearchServer.Elasticsearch;
        Assert.SkipWhen(distribution != kind, $"SURVEIL_TEST_SEARCH names no {kind}");
        return _addresses[kind] = address;
    }
}

/// <summary>Test classes that share <see cref="SearchServers"/>, and so never run at the same time.</summary>
[CollectionDefinition(Name)]
public sealed class OneSearchTestAtATime : ICollectionFixture<SearchServers>
{
    public const string Name = "search servers";
}
