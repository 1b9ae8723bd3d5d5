using System.Diagnostics;

namespace Surveillance.Benchmarks.Searching;

/// <summary>What a piece of work took: on a machine that others use, processor time says more than the clock.</summary>
/// <param name="AtServer">Seconds of processor time of the search server; 0 where there is none.</param>
/// <param name="Here">Seconds of processor time of this process, all threads.</param>
internal readonly record struct Spent(double Seconds, double AtServer, double Here)
{
    public static async Task<Spent> OnAsync(BenchEngine engine, Func<Task> work)
    {
        var (atServer, here) = (engine.Used, Environment.CpuUsage.TotalTime);
        var began = Stopwatch.GetTimestamp();
        await work();
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        return new Spent(seconds, (engine.Used - atServer).TotalSeconds, (Environment.CpuUsage.TotalTime - here).TotalSeconds);
    }

    public static Spent operator +(Spent left, Spent right) => new(left.Seconds + right.Seconds, left.AtServer + right.AtServer, left.Here + right.Here);

    public double Processor => AtServer + Here;
}
