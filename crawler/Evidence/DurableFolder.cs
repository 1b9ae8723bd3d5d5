using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Surveillance.Crawler.Evidence;

/// <summary>Makes names durable: on POSIX systems a renamed file survives a power cut only once its folder has been synced too.</summary>
internal static class DurableFolder
{
    /// <summary>Creates the folder and those above it, each synced into its parent.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        Create(parent);
        Directory.CreateDirectory(path);
        Flush(parent);
    }

    /// <summary>Syncs the folder's entries. NTFS journals them itself, so on Windows this does nothing.</summary>
    /// <exception cref="EvidenceException">The system refused.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        // .NET opens no folders, so the three calls are made directly. 0 is O_RDONLY.
        var handle = Open(Encoding.UTF8.GetBytes(path + "\0"), 0);
        if (handle < 0)
        {
            throw Failed(path);
        }

        try
        {
            if (Sync(handle) != 0)
            {
                throw Failed(path);
            }
        }
        finally
        {
            _ = Close(handle);
        }
    }

    private static EvidenceException Failed(string path) =>
        new($"The folder {path} could not be synced to disk.", new Win32Exception(Marshal.GetLastPInvokeError()));

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int handle);

    [DllImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int handle);
}
