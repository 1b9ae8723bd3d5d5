using System.Text;

namespace Surveillance.Api.Cli;

/// <summary>Writers of our own in the place of the console's.</summary>
/// <remarks>
/// Playwright sets the console's encoding when it starts its driver. The console then flushes and drops its own writers under a lock that every
/// first writer takes the other way round, and with a logger and a progress bar at work both wait for ever. Redirected writers are left alone.
/// </remarks>
internal static class StandardStreams
{
    public static void Redirect()
    {
        Console.SetOut(WriterOf(Console.OpenStandardOutput()));
        Console.SetError(WriterOf(Console.OpenStandardError()));
    }

    private static TextWriter WriterOf(Stream stream) =>
        TextWriter.Synchronized(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true });
}
