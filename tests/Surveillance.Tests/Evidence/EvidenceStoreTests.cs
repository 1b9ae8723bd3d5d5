using Surveillance.Crawler.Evidence;

namespace Surveillance.Tests.Evidence;

public sealed class EvidenceStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("evidence");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Seals_bytes_under_their_digest()
    {
        var store = new EvidenceStore(_folder.FullName);

        var digest = await store.SealAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken);

        Assert.Equal("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", digest.Value);
        var file = new FileInfo(Path.Combine(_folder.FullName, "ba", "78", digest.Value));
        Assert.True(file.Exists);
        Assert.True(file.IsReadOnly);
        Assert.Equal("abc"u8.ToArray(), await ReadAsync(store, digest));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task Seals_the_same_bytes_once_however_many_ask_at_once()
    {
        var store = new EvidenceStore(_folder.FullName);
        var bytes = new byte[100_000];

        var digests = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => store.SealAsync(bytes, TestContext.Current.CancellationToken))));

        Assert.Single(digests.Distinct());
        Assert.Single(Directory.GetFiles(_folder.FullName, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Seals_nothing_too()
    {
        var store = new EvidenceStore(_folder.FullName);

        var digest = await store.SealAsync(ReadOnlyMemory<byte>.Empty, TestContext.Current.CancellationToken);

        Assert.Empty(await ReadAsync(store, digest));
    }

    [Fact]
    public async Task Refuses_to_read_or_seal_over_bytes_that_were_altered()
    {
        var store = new EvidenceStore(_folder.FullName);
        var digest = await store.SealAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.FullName, "ba", "78", digest.Value);
        File.SetAttributes(path, FileAttributes.Normal);
        await File.WriteAllTextAsync(path, "abd", TestContext.Current.CancellationToken);

        Assert.Contains("altered", Assert.Throws<EvidenceException>(() => store.OpenRead(digest)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<EvidenceException>(() => store.SealAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Says_that_evidence_is_missing()
    {
        var digest = Digest.Of("never sealed"u8);
        var store = new EvidenceStore(_folder.FullName);

        Assert.False(store.Holds(digest));
        Assert.Contains("missing", Assert.Throws<EvidenceException>(() => store.OpenRead(digest)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    public void Refuses_what_is_no_digest(string value) =>
        Assert.Throws<ArgumentException>(() => new EvidenceStore(_folder.FullName).OpenRead(new Digest(value)));

    [Fact]
    public async Task Throws_where_the_disk_refuses()
    {
        var store = new EvidenceStore(_folder.FullName);

        // A file stands where a folder is needed; unlike permissions, this stops root too.
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "ba"), "", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<EvidenceException>(() => store.SealAsync("abc"u8.ToArray(), TestContext.Current.CancellationToken));
        Assert.Empty(Directory.GetFiles(Path.Combine(_folder.FullName, "incoming")));
    }

    [Fact]
    public async Task Seals_an_imported_file_as_a_capture_without_a_status()
    {
        var store = new EvidenceStore(_folder.FullName);

        var capture = await new ImportedFiles(store, TimeProvider.System).SealAsync("abc"u8.ToArray(), "https://shop.invalid/1", "text/html", TestContext.Current.CancellationToken);

        Assert.Equal((0, "import", 3L, "https://shop.invalid/1"), (capture.Status, capture.Fetcher, capture.LengthBytes, capture.FinalUrl));
        Assert.True(store.Holds(capture.Digest));
    }

    private static async Task<byte[]> ReadAsync(EvidenceStore store, Digest digest)
    {
        await using var stream = store.OpenRead(digest);
        var copy = new MemoryStream();
        await stream.CopyToAsync(copy, TestContext.Current.CancellationToken);
        return copy.ToArray();
    }
}
