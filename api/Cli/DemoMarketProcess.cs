using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Surveillance.Api.Cli;

/// <summary>The demo marketplace as a process of its own; it ends when disposed, and by itself when this process dies.</summary>
internal sealed class DemoMarketProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private DemoMarketProcess(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="usualPort">Another free one is taken when it is in use.</param>
    /// <exception cref="UsageException">It was not built, or did not start.</exception>
    public static async Task<DemoMarketProcess> StartAsync(int usualPort, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(ProgramFiles.DemoMarket());
        start.ArgumentList.Add("--port");
        start.ArgumentList.Add((IsFree(usualPort) ? usualPort : 0).ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start) ?? throw new UsageException("the demo marketplace could not be started");
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(StartTime);
        try
        {
            var line = await process.StandardOutput.ReadLineAsync(deadline.Token);
            const string Ready = "listening on ";
            return line?.StartsWith(Ready, StringComparison.Ordinal) == true
                ? new DemoMarketProcess(process, new Uri(line[Ready.Length..]))
                : throw new UsageException($"the demo marketplace did not start: it said {line ?? "nothing"}");
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
