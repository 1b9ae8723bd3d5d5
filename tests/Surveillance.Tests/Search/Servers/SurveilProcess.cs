using System.Diagnostics;
using System.Text;
using Surveillance.Api.Cli;

namespace Surveillance.Tests.Search.Servers;

/// <summary>The built program as a process of its own.</summary>
internal sealed class SurveilProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private SurveilProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <param name="server">Null for the embedded index.</param>
    public static SurveilProcess Start(string dataFolder, Uri? server, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in (string[])[typeof(CommandLine).Assembly.Location, .. arguments, "--data", dataFolder])
        {
            start.ArgumentList.Add(argument);
        }

        if (server is not null)
        {
            start.Environment["SURVEIL_SEARCH"] = server.AbsoluteUri;
        }

        return new SurveilProcess(Process.Start(start)!);
    }

    /// <summary>To its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string dataFolder, Uri? server, params string[] arguments)
    {
        using var process = Start(dataFolder, server, arguments);
        return await process.EndAsync();
    }

    public async Task<(int ExitCode, string Output, string Errors)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (_process.ExitCode, await _output, await _errors);
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
