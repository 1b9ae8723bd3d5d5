using Microsoft.Data.Sqlite;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Embedded;
using Surveillance.Api.Search.Server;
using Surveillance.Api.Storage;

namespace Surveillance.Benchmarks.Searching;

/// <summary>An empty index of one engine, with what it runs on; all of it is gone when disposed of.</summary>
internal sealed class BenchEngine : IAsyncDisposable
{
    public const string Embedded = "embedded";

    private static readonly StoreId Store = new("bench");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("surveil-index");

    private BenchEngine(SearchServer? server)
    {
        Server = server;
        Index = server is null
            ? new EmbeddedListingIndex(_folder.FullName, Store)
            : new ServerListingIndex(new SearchServerOptions(server.Address), Store, () => "bench", TimeProvider.System);
    }

    public IListingIndex Index { get; }

    /// <summary>Null for the embedded one.</summary>
    public SearchServer? Server { get; }

    /// <summary>Processor time of the server until now; zero of the embedded one, which works in this process.</summary>
    public TimeSpan Used => Server?.Used ?? TimeSpan.Zero;

    /// <param name="kind"><c>embedded</c>, <c>elasticsearch</c> or <c>opensearch</c>.</param>
    public static async Task<BenchEngine> StartAsync(string project, string kind, string heap)
    {
        var engine = new BenchEngine(kind == Embedded ? null : await SearchServer.StartAsync(project, kind, heap));
        await engine.Index.OpenAsync(CancellationToken.None);
        return engine;
    }

    /// <summary>On disk, once the engine has put everything where it belongs.</summary>
    public async Task<long> BytesAsync() =>
        Server is null ? _folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : await Server.SettledBytesAsync(IndexSchema.Alias);

    public async ValueTask DisposeAsync()
    {
        await Index.DisposeAsync();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
