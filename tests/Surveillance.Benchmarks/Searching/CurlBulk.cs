using System.Diagnostics;
using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Server;

namespace Surveillance.Benchmarks.Searching;

/// <summary>The lines that we send to a server, cut to files of one size and posted by curl.</summary>
internal sealed class CurlBulk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("surveil-bulk");

    /// <param name="batchBytes">Of one request.</param>
    public CurlBulk(IReadOnlyList<IndexDocument> documents, int batchBytes)
    {
        var file = 0;
        foreach (var part in BulkPart.Of(documents, long.MaxValue, new WriteOutcome[documents.Count]))
        {
            for (var (from, next) = (0, 0); next < part.Entries.Count; from = part.Entries[next - 1].EndBytes)
            {
                while (next < part.Entries.Count && part.Entries[next].EndBytes - from <= batchBytes)
                {
                    next++;
                }

                File.WriteAllBytes(Path.Combine(_folder.FullName, $"{file++:D6}.ndjson"), part.Body[from..part.Entries[next - 1].EndBytes].ToArray());
            }
        }

        Bytes = _folder.EnumerateFiles().Sum(written => written.Length);
    }

    public long Bytes { get; }

    /// <param name="atOnce">Requests at a time.</param>
    /// <exception cref="InvalidOperationException">curl or the server failed.</exception>
    public async Task PostAsync(Uri server, string index, int atOnce)
    {
        var start = new ProcessStartInfo("xargs") { RedirectStandardInput = true };
        string[] arguments =
        [
            "-P", atOnce.ToString(CultureInfo.InvariantCulture), "-I", "{}", "curl", "-sS", "--fail", "-o", "/dev/null", "-H", "Content-Type: application/x-ndjson", "-H", "Expect:", "--data-binary", "@{}",
            new Uri(server, $"{index}/_bulk?filter_path=errors,items.*.status,items.*.error").AbsoluteUri,
        ];
        Array.ForEach(arguments, start.ArgumentList.Add);
        using var posting = Process.Start(start)!;
        await posting.StandardInput.WriteAsync(string.Join('\n', _folder.EnumerateFiles().Select(file => file.FullName).Order(StringComparer.Ordinal)));
        posting.StandardInput.Close();
        await posting.WaitForExitAsync();
        if (posting.ExitCode != 0)
        {
            throw new InvalidOperationException($"curl failed: xargs ended with {posting.ExitCode}");
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
