using System.Globalization;
using System.Runtime.InteropServices;

namespace Surveillance.DemoMarket;

// Not top-level statements: their global Program class would collide with that of api in the test project.
internal static class Program
{
    private const int Done = 0;
    private const int BadUsage = 2;
    private const int PortUnusable = 3;

    private static async Task<int> Main(string[] args)
    {
        if (PortOf(args) is not { } port)
        {
            await Console.Error.WriteLineAsync($"Expected --port N with N from 0 (any free port) to 65535, got: {string.Join(' ', args)}");
            return BadUsage;
        }
        try
        {
            await using var server = await MarketplaceServer.StartAsync(port);
            await Console.Out.WriteLineAsync($"listening on {server.BaseAddress.GetLeftPart(UriPartial.Authority)}");
            await EndAsync();
            return Done;
        }
        catch (IOException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return PortUnusable;
        }
    }

    private static int? PortOf(string[] args) => args switch
    {
        [] => 0,
        ["--port", var number] when ushort.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var port) => port,
        _ => null,
    };

    /// <summary>Completes on SIGTERM, on SIGINT, or when standard input closes: a dead parent leaves no server behind.</summary>
    private static async Task EndAsync()
    {
        var signalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await Task.WhenAny(signalled.Task, Console.OpenStandardInput().CopyToAsync(Stream.Null));

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            signalled.TrySetResult();
        }
    }
}
