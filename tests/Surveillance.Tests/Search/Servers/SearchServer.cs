using System.Diagnostics;
using System.Globalization;
using System.Net.NetworkInformation;
using Surveillance.Tests.Rules;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Servers;

/// <summary>A real Elasticsearch or OpenSearch of a test's own, from <c>../shared/elasticsearch</c>; stopped and deleted in the end, also where the test program is killed.</summary>
public sealed class SearchServer : IAsyncDisposable
{
    public const string Elasticsearch = "elasticsearch";
    public const string OpenSearch = "opensearch";

    private const int FirstPort = 24_000;
    private const int LastPort = 31_800;
    private const int PortsApart = 200;
    private static readonly string Script = Path.Combine(RepositoryData.Folder, "..", "..", "shared", "elasticsearch", "server");

    private readonly TemporaryFolder _folder;
    private readonly int _port;
    private readonly Process _guard;

    private SearchServer(TemporaryFolder folder, int port)
    {
        (_folder, _port) = (folder, port);
        _guard = Guard(folder.Path, port);
    }

    /// <summary>Whether servers can be started here.</summary>
    public static bool IsThere => File.Exists(Script);

    /// <summary>Of the first node.</summary>
    public Uri Address => AddressOf(1);

    /// <exception cref="InvalidOperationException">It is there and does not start.</exception>
    public static async Task<SearchServer> StartAsync(string kind, int nodes = 1)
    {
        var folder = new TemporaryFolder();
        for (var port = FreePort(nodes); ; port = FreePort(nodes))
        {
            try
            {
                await RunAsync(folder.Path, "start", kind, "--port", Text(port), "--nodes", Text(nodes));
                return new SearchServer(folder, port);
            }
            catch (InvalidOperationException error) when (error.Message.Contains("something else listens", StringComparison.Ordinal))
            {
                // Another test program was quicker.
            }
        }
    }

    /// <param name="node">From 1.</param>
    public Uri AddressOf(int node) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port + node - 1}"));

    /// <summary>As a crash: kill -9.</summary>
    public Task KillAsync(int node) => RunAsync(_folder.Path, "kill", "--port", Text(_port), "--node", Text(node));

    /// <summary>Starts a killed node again, and waits until it answers.</summary>
    public async Task StartNodeAsync(int node)
    {
        for (var began = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                await RunAsync(_folder.Path, "node", "--port", Text(_port), "--node", Text(node));
                return;
            }
            catch (InvalidOperationException error) when (error.Message.Contains("is running", StringComparison.Ordinal) && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
            {
                // The system has not cleared the killed process away yet.
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await RunAsync(_folder.Path, "stop", "--port", Text(_port));
        }
        finally
        {
            _guard.Kill();
            await _guard.WaitForExitAsync(CancellationToken.None);
            _guard.Dispose();
            _folder.Dispose();
        }
    }

    /// <summary>The nodes are no children of ours: whoever kills the tests would leave them running.</summary>
    private static Process Guard(string folder, int port)
    {
        const string Watch = """while kill -0 "$1" 2>/dev/null; do sleep 1; done; TMPDIR=$2 "$3" stop --port "$4"; rm -rf "$2" """;
        var start = new ProcessStartInfo("bash") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(["-c", Watch, "guard", Text(Environment.ProcessId), folder, Script, Text(port)], start.ArgumentList.Add);
        return Process.Start(start)!;
    }

    private static async Task RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(Script) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        start.Environment["TMPDIR"] = folder;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"the search server did not {arguments[0]}: {await errors}");
        }
    }

    /// <summary>One whose neighbours for further nodes and their talk are free too.</summary>
    private static int FreePort(int nodes)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        var slots = Enumerable.Range(0, (LastPort - FirstPort) / PortsApart).Select(slot => FirstPort + (slot * PortsApart)).ToArray();
        Random.Shared.Shuffle(slots);
        return slots.First(port => Enumerable.Range(0, nodes).All(node => !taken.Contains(port + node) && !taken.Contains(port + 100 + node)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
