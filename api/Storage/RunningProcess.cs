namespace Surveillance.Api.Storage;

/// <summary>Names processes in the records, so that what a dead one left behind is taken over.</summary>
internal static class RunningProcess
{
    /// <summary>A number of its own beside the process's: in a container every process that follows a killed one has the same.</summary>
    public static string This { get; } = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():N}";

    /// <summary>This very process, or one of another machine, or one of this machine that still runs. One whose number another process has taken passes for alive.</summary>
    /// <param name="name">As <see cref="This"/> was there.</param>
    public static bool MayLive(string name)
    {
        var parts = name.Split(':');
        return name == This
            || parts[0] != Environment.MachineName
            || Lives(int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
    }

    private static bool Lives(int id)
    {
        if (id == Environment.ProcessId)
        {
            return false;
        }

        try
        {
            using var process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
