using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.Json;

namespace Surveillance.Benchmarks.Searching;

/// <summary>One node of a real search server on loopback (<c>../shared/elasticsearch</c>), stopped and its data deleted when disposed of.</summary>
internal sealed class SearchServer : IAsyncDisposable
{
    private const int FirstPort = 24_000;
    private const int LastPort = 24_800;

    private readonly string _script;
    private readonly DirectoryInfo _folder;
    private readonly int _port;
    private readonly HttpClient _client;

    private SearchServer(string script, DirectoryInfo folder, int port)
    {
        (_script, _folder, _port) = (script, folder, port);
        Address = new Uri($"http://127.0.0.1:{port}/");
        _client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    /// <param name="kind"><c>elasticsearch</c> or <c>opensearch</c>.</param>
    /// <param name="heap">As Java takes it, e.g. <c>2g</c>.</param>
    /// <exception cref="InvalidOperationException">It did not start.</exception>
    public static async Task<SearchServer> StartAsync(string project, string kind, string heap)
    {
        var server = new SearchServer(Path.GetFullPath(Path.Combine(project, "../shared/elasticsearch/server")), Directory.CreateTempSubdirectory("surveil-search"), FreePort());
        await server.CallAsync("start", kind, "--heap", heap);
        return server;
    }

    /// <summary>Processor time of the server until now.</summary>
    public TimeSpan Used
    {
        get
        {
            using var process = Process.GetProcessById(int.Parse(File.ReadAllText(Path.Combine(_folder.FullName, $"search-server-{_port}", "1.pid")), CultureInfo.InvariantCulture));
            return process.TotalProcessorTime;
        }
    }

    /// <summary>What an index or alias takes on disk once the server has nothing left to merge.</summary>
    public async Task<long> SettledBytesAsync(string index)
    {
        for (var quiet = 0; quiet < 3; quiet++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            if ((await StatisticsAsync(index, "merges")).GetProperty("current").GetInt64() > 0)
            {
                quiet = -1;
            }
        }

        using var flushed = (await _client.PostAsync(new Uri($"{index}/_flush", UriKind.Relative), null)).EnsureSuccessStatusCode();
        return (await StatisticsAsync(index, "store")).GetProperty("size_in_bytes").GetInt64();
    }

    /// <summary>Documents that searches see.</summary>
    public async Task<long> CountAsync(string index)
    {
        using var refreshed = (await _client.PostAsync(new Uri($"{index}/_refresh", UriKind.Relative), null)).EnsureSuccessStatusCode();
        using var counted = JsonDocument.Parse(await _client.GetStringAsync(new Uri($"{index}/_count", UriKind.Relative)));
        return counted.RootElement.GetProperty("count").GetInt64();
    }

    public async Task DeleteIndexAsync(string index)
    {
        using var deleted = (await _client.DeleteAsync(new Uri(index, UriKind.Relative))).EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await CallAsync("stop");
        _folder.Delete(recursive: true);
    }

    private async Task<JsonElement> StatisticsAsync(string index, string of)
    {
        using var statistics = JsonDocument.Parse(await _client.GetStringAsync(new Uri($"{index}/_stats/{(of == "merges" ? "merge" : of)}", UriKind.Relative)));
        return statistics.RootElement.GetProperty("_all").GetProperty("total").GetProperty(of).Clone();
    }

    private async Task CallAsync(params string[] arguments)
    {
        // Its output is not redirected: the server that it leaves behind would hold the pipe open.
        var start = new ProcessStartInfo("bash") { Environment = { ["TMPDIR"] = _folder.FullName } };
        string[] all = ["-c", "\"$0\" \"$@\" >&2", _script, .. arguments, "--port", _port.ToString(CultureInfo.InvariantCulture)];
        Array.ForEach(all, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{_script} {string.Join(' ', arguments)}: exit {process.ExitCode}");
        }
    }

    private static int FreePort()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        for (var port = FirstPort; port <= LastPort; port += 200)
        {
            if (!taken.Contains(port) && !taken.Contains(port + 100))
            {
                return port;
            }
        }

        throw new InvalidOperationException($"expected a free port from {FirstPort} to {LastPort}");
    }
}
