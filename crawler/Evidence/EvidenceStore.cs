using System.Collections;
using System.Security.Cryptography;

namespace Surveillance.Crawler.Evidence;

/// <summary>Sealed bytes by their digest, each in a file of its own: <c>ab/cd/DIGEST</c> under one folder.</summary>
/// <remarks>
/// Thread safe, also between processes. A file is written beside, synced, made read-only and renamed into place, so what stands
/// under a digest is whole. Sealing the same bytes again changes nothing. Writing is internal to the crawler; others only read.
/// </remarks>
public sealed class EvidenceStore
{
    private readonly string _folder;
    private readonly string _incoming;

    /// <summary>Of the folders that two bytes of a digest name, those whose own names this object has synced.</summary>
    private readonly BitArray _durable = new(1 << 16);

    /// <param name="folder">Created where it is missing.</param>
    public EvidenceStore(string folder)
    {
        _folder = Path.GetFullPath(folder);
        _incoming = Path.Combine(_folder, "incoming");
        DurableFolder.Create(_incoming);
    }

    /// <summary>Opens sealed bytes for reading, after checking that they still have the digest. The caller disposes the stream.</summary>
    /// <exception cref="EvidenceException">They are missing or altered.</exception>
    public Stream OpenRead(Digest digest)
    {
        var path = PathOf(digest);
        if (!File.Exists(path))
        {
            throw new EvidenceException($"Evidence {digest} is missing: no file {path}.");
        }

        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            Verify(digest, stream);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>True where a file stands under the digest; says nothing about its bytes.</summary>
    public bool Holds(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>Makes the bytes durable under their digest. Once it returns they survive a power cut.</summary>
    /// <exception cref="EvidenceException">They could not be written, or what stands there already was altered.</exception>
    internal async Task<Digest> SealAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var digest = Digest.Of(bytes.Span);
        var path = PathOf(digest);
        try
        {
            if (!File.Exists(path) && await WriteAsync(bytes, path, cancellationToken))
            {
                return digest;
            }

            // Somebody sealed the same bytes before, perhaps a moment ago.
            MakeDurable(path);
            using (OpenRead(digest))
            {
                return digest;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"Evidence {digest} could not be written to {path}: {error.Message}", error);
        }
    }

    /// <summary>Makes the rest of a stream durable under its digest, in bounded memory.</summary>
    /// <exception cref="EvidenceException">It could not be written, or what stands there already was altered.</exception>
    internal async Task<Digest> SealAsync(Stream stream, CancellationToken cancellationToken)
    {
        var incoming = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var digest = await CopyAsync(stream, incoming, cancellationToken);
            var path = PathOf(digest);
            if (!File.Exists(path))
            {
                File.SetAttributes(incoming, FileAttributes.ReadOnly);
                Place(incoming, path);
            }

            MakeDurable(path);
            using (OpenRead(digest))
            {
                return digest;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new EvidenceException($"Evidence could not be written to {incoming}: {error.Message}", error);
        }
        finally
        {
            // Gone already when it was renamed.
            File.Delete(incoming);
        }
    }

    private static async Task<Digest> CopyAsync(Stream stream, string path, CancellationToken cancellationToken)
    {
        const int BufferBytes = 1 << 17;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var buffer = new byte[BufferBytes];
        for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        file.Flush(flushToDisk: true);
        return new Digest(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <returns>False where another worker sealed the same bytes first.</returns>
    private async Task<bool> WriteAsync(ReadOnlyMemory<byte> bytes, string path, CancellationToken cancellationToken)
    {
        var incoming = Path.Combine(_incoming, Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = File.OpenHandle(incoming, FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.Asynchronous))
            {
                await RandomAccess.WriteAsync(file, bytes, fileOffset: 0, cancellationToken);
                RandomAccess.FlushToDisk(file);
                File.SetAttributes(file, FileAttributes.ReadOnly);
            }

            if (!Place(incoming, path))
            {
                return false;
            }

            MakeDurable(path);
            return true;
        }
        finally
        {
            // Gone already when it was renamed; left over when writing failed.
            File.Delete(incoming);
        }
    }

    /// <summary>Renames into place; the name is not durable yet.</summary>
    /// <returns>False where another worker sealed the same bytes first; the caller verifies them.</returns>
    private static bool Place(string incoming, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        DurableFolder.Create(Path.GetDirectoryName(folder)!);
        Directory.CreateDirectory(folder);
        try
        {
            File.Move(incoming, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Syncs the file's name, and the name of its folder unless this object has done so before; the folder may be new, or another worker's of this moment.</summary>
    private void MakeDurable(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        DurableFolder.Flush(folder);
        var place = Convert.ToInt32(Path.GetFileName(path)[..4], 16);
        lock (_durable)
        {
            if (_durable[place])
            {
                return;
            }
        }

        DurableFolder.Flush(Path.GetDirectoryName(folder)!);
        lock (_durable)
        {
            _durable[place] = true;
        }
    }

    private static void Verify(Digest digest, FileStream stream)
    {
        var found = new Digest(Convert.ToHexStringLower(SHA256.HashData(stream)));
        if (found != digest)
        {
            throw new EvidenceException($"Evidence {digest} was altered: its {stream.Length} bytes now have the digest {found}.");
        }

        stream.Position = 0;
    }

    private string PathOf(Digest digest) =>
        digest.Value is { Length: 64 } value && value.All(char.IsAsciiHexDigitLower)
            ? Path.Combine(_folder, value[..2], value[2..4], value)
            : throw new ArgumentException($"A digest has 64 lower-case hexadecimal digits, not “{digest.Value}”.", nameof(digest));
}
