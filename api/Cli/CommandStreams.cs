using System.Text;

namespace Surveillance.Api.Cli;

/// <summary>Where a command reads and writes: results on <see cref="Output"/>, progress and complaints on <see cref="Error"/>.</summary>
/// <param name="Input">UTF-8.</param>
/// <param name="Output">UTF-8 without byte-order mark.</param>
public sealed record CommandStreams(Stream Input, Stream Output, TextWriter Error)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The process's own; the caller flushes what it writes.</summary>
    public static CommandStreams OfProcess() =>
        new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error);

    /// <summary>Buffered; writes line feeds only. Dispose it to flush; the stream stays open.</summary>
    public StreamWriter OpenWriter() => new(Output, Utf8, bufferSize: 1 << 16, leaveOpen: true) { NewLine = "\n" };

    /// <summary>A file's bytes, or standard input for <c>-</c> or null.</summary>
    /// <exception cref="UsageException">No such file, or it can't be read.</exception>
    public Stream OpenInput(string? path)
    {
        if (path is null or "-")
        {
            return Input;
        }

        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"expected a readable file, {path} is none: {error.Message}", error);
        }
    }
}
