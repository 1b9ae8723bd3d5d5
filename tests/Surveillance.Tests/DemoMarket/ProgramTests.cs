using System.Diagnostics;
using System.Net.Sockets;
using Surveillance.DemoMarket;

namespace Surveillance.Tests.DemoMarket;

public sealed class ProgramTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_says_where_it_listens_and_ends_when_its_standard_input_closes()
    {
        using var process = Start("--port", "0");
        var address = await AddressAsync(process);
        using (var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }))
        {
            Assert.Contains("旧物集市", await client.GetStringAsync(new Uri(address, "/search"), Cancellation), StringComparison.Ordinal);
        }
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(Cancellation));
        Assert.Empty(await process.StandardError.ReadToEndAsync(Cancellation));
        using var probe = new TcpClient();
        await Assert.ThrowsAnyAsync<SocketException>(() => probe.ConnectAsync(address.Host, address.Port, Cancellation).AsTask());
    }

    [Fact]
    public async Task It_ends_on_a_termination_signal()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no SIGTERM.");
        using var process = Start("--port", "0");
        await AddressAsync(process);
        using var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        await using var other = await MarketplaceServer.StartAsync(cancellationToken: Cancellation);
        using var process = Start("--port", $"{other.BaseAddress.Port}");
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(3, process.ExitCode);
        Assert.Contains($"{other.BaseAddress.Port}", await process.StandardError.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port")]
    [InlineData("--port", "x")]
    [InlineData("--port", "65536")]
    [InlineData("--host", "0.0.0.0")]
    public async Task Bad_usage_is_refused(params string[] args)
    {
        using var process = Start(args);
        await process.WaitForExitAsync(Cancellation);
        Assert.Equal(2, process.ExitCode);
        Assert.Contains("--port N", await process.StandardError.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty(await process.StandardOutput.ReadToEndAsync(Cancellation));
    }

    private static Process Start(params string[] args) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(MarketplaceServer).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The marketplace's process did not start.");

    private static async Task<Uri> AddressAsync(Process process)
    {
        var line = await process.StandardOutput.ReadLineAsync(Cancellation);
        Assert.Matches(@"^listening on http://127\.0\.0\.1:\d+$", line);
        return new(line!["listening on ".Length..]);
    }
}
