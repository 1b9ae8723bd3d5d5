using System.Globalization;

namespace Surveillance.Benchmarks.Searching;

/// <summary>The most memory that this process held since a moment (Linux).</summary>
internal static class PeakMemory
{
    /// <summary>Forgets the peak until now, once what is garbage is given back.</summary>
    /// <returns>What is held now, in bytes.</returns>
    public static long Reset()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Line("VmRSS:");
    }

    /// <summary>In bytes.</summary>
    public static long Bytes => Line("VmHWM:");

    private static long Line(string name) =>
        long.Parse(
            File.ReadLines("/proc/self/status").First(line => line.StartsWith(name, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
            CultureInfo.InvariantCulture) << 10;
}
