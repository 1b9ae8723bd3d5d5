using System.Diagnostics;
using System.Globalization;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>One crawl by one program, with what it took.</summary>
/// <param name="Seconds">From the first page asked for to the program's end.</param>
/// <param name="ProcessorSeconds">Of the program from its start, all threads.</param>
/// <param name="PeakBytes">The most memory that it held, files that it mapped among it.</param>
/// <param name="OwnBytes">The most that it held without those, looked at twenty times a second.</param>
internal sealed record PeerProcess(double Seconds, double ProcessorSeconds, long PeakBytes, long OwnBytes)
{
    /// <exception cref="InvalidOperationException">The program failed; the message has its last words.</exception>
    public static async Task<PeerProcess> RunAsync(Process process, PeerSite site)
    {
        var (peak, own) = (0L, 0L);
        var used = TimeSpan.Zero;
        while (!process.HasExited)
        {
            var status = TryRead($"/proc/{process.Id}/status") ?? "";
            (peak, own) = (Math.Max(peak, BytesIn(status, "VmHWM:")), Math.Max(own, BytesIn(status, "RssAnon:")));
            used = UsedBy(process.Id) ?? used;
            await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(50));
        }

        var end = TimeProvider.System.GetUtcNow();
        return process.ExitCode == 0 && site.FirstAsked is { } first
            ? new PeerProcess((end - first).TotalSeconds, used.TotalSeconds, peak, own)
            : throw new InvalidOperationException($"{process.StartInfo.FileName} {string.Join(' ', process.StartInfo.ArgumentList)}: exit {process.ExitCode}");
    }

    private static long BytesIn(string status, string name) =>
        status.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal)) is { } line
            ? long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10
            : 0;

    /// <summary>Fields 14 and 15 of its statistics, in hundredths of a second.</summary>
    private static TimeSpan? UsedBy(int id)
    {
        if (TryRead($"/proc/{id}/stat") is not { } statistics)
        {
            return null;
        }

        var fields = statistics[(statistics.LastIndexOf(')') + 2)..].Split(' ');
        return TimeSpan.FromSeconds((long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / 100.0);
    }

    private static string? TryRead(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // The process has just ended.
            return null;
        }
    }
}
