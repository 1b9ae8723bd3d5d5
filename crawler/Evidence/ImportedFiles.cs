namespace Surveillance.Crawler.Evidence;

/// <summary>Seals files that were handed in instead of fetched, so that an import rests on evidence like a crawl does.</summary>
public sealed class ImportedFiles(EvidenceStore evidence, TimeProvider time)
{
    /// <summary>Seals a file of any size in bounded memory.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="EvidenceException">It could not be sealed; nothing may be taken from the file then.</exception>
    public async Task<Capture> SealFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var digest = await evidence.SealAsync(file, cancellationToken);
        var url = new Uri(Path.GetFullPath(path)).AbsoluteUri;
        return new Capture(digest, url, url, Status: 0, Headers: "", ContentType: null, file.Length, time.GetUtcNow(), "import");
    }

    /// <summary>Opens what was sealed.</summary>
    public Stream OpenRead(Digest digest) => evidence.OpenRead(digest);

    /// <param name="bytes">The file as it is, or one response body of an archive.</param>
    /// <param name="url">Where the page is said to come from, or the file's address.</param>
    /// <param name="contentType">As an archive gives it, null for plain files.</param>
    /// <exception cref="EvidenceException">It could not be sealed; nothing may be taken from the file then.</exception>
    public async Task<Capture> SealAsync(ReadOnlyMemory<byte> bytes, string url, string? contentType, CancellationToken cancellationToken)
    {
        var digest = await evidence.SealAsync(bytes, cancellationToken);
        return new Capture(digest, url, url, Status: 0, Headers: "", contentType, bytes.Length, time.GetUtcNow(), "import");
    }
}
