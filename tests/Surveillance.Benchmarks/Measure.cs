using System.Diagnostics;

namespace Surveillance.Benchmarks;

/// <summary>Takes times that a loaded machine disturbs least: the least processor time of many rounds.</summary>
internal static class Measure
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(4);

    /// <summary>Seconds of processor time for one call, all threads of this process together.</summary>
    public static double Seconds(Action work)
    {
        var best = double.MaxValue;
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < 10 || Stopwatch.GetElapsedTime(start) < Least; round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            work();
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
        }

        return best;
    }

    /// <summary>Bytes that one call allocates on this thread, once it is warm.</summary>
    public static long Allocated(Action work)
    {
        work();
        var before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
