using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace Surveillance.Classifier.Model;

/// <summary>The layout of a model file: a fixed head, a description as JSON, the table of features, their weights.</summary>
/// <remarks>
/// Head: magic, SHA-256 of all that follows it, then length of the description, places of the table and rows of weights as 32-bit numbers.
/// Table and weights begin at multiples of 64 bytes and are little-endian.
/// </remarks>
internal static class ModelFile
{
    /// <summary>Weights a row: one a type and one of being unlawful at all, the rest is empty, so that a row is half a cache line.</summary>
    public const int RowWidth = 16;

    public const int HeadBytes = 64;

    private const int DigestEnd = 8 + SHA256.HashSizeInBytes;

    /// <summary>The last two letters are the version of layout and features.</summary>
    public static ReadOnlySpan<byte> Magic => "SVMODL02"u8;

    public static void Write(string path, ModelHead head, ReadOnlySpan<ulong> table, ReadOnlySpan<short> weights)
    {
        var description = JsonSerializer.SerializeToUtf8Bytes(head, ContractJson.Options);
        var tableStart = Aligned(HeadBytes + description.Length);
        var weightsStart = Aligned(tableStart + (table.Length * sizeof(ulong)));
        var file = new byte[weightsStart + (weights.Length * sizeof(short))];
        Magic.CopyTo(file);
        var numbers = MemoryMarshal.Cast<byte, int>(file.AsSpan(DigestEnd, 12));
        (numbers[0], numbers[1], numbers[2]) = (description.Length, table.Length, weights.Length / RowWidth);
        description.CopyTo(file, HeadBytes);
        MemoryMarshal.AsBytes(table).CopyTo(file.AsSpan(tableStart));
        MemoryMarshal.AsBytes(weights).CopyTo(file.AsSpan(weightsStart));
        SHA256.HashData(file.AsSpan(DigestEnd), file.AsSpan(Magic.Length));
        File.WriteAllBytes(path, file);
    }

    /// <summary>Maps a file and checks all of it.</summary>
    /// <exception cref="ModelException">Missing, damaged, foreign, or for other features; the message says which.</exception>
    public static unsafe Opened Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new ModelException($"expected a model at {path}, found no file; adopt another (model use, model restore), train one, or use --rules-only");
        }

        var length = new FileInfo(path).Length;
        if (length < HeadBytes)
        {
            throw Wrong(path, $"{length} bytes");
        }

        var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        var file = new ReadOnlySpan<byte>(start, checked((int)length));
        if (!file.StartsWith(Magic))
        {
            throw Wrong(path, "another kind or version of file");
        }

        if (!SHA256.HashData(file[DigestEnd..]).AsSpan().SequenceEqual(file[Magic.Length..DigestEnd]))
        {
            throw Wrong(path, "a damaged or shortened one");
        }

        return Read(path, start, file);
    }

    private static unsafe Opened Read(string path, byte* start, ReadOnlySpan<byte> file)
    {
        var numbers = MemoryMarshal.Cast<byte, int>(file.Slice(DigestEnd, 12));
        var (described, slots, rows) = (numbers[0], numbers[1], numbers[2]);
        var tableStart = Aligned(HeadBytes + described);
        var weightsStart = Aligned(tableStart + (slots * sizeof(ulong)));
        if (described < 0 || slots < 1 || !int.IsPow2(slots) || rows < 0 || weightsStart + ((long)rows * RowWidth * sizeof(short)) != file.Length)
        {
            throw Wrong(path, "one whose parts do not fit together");
        }

        var head = JsonSerializer.Deserialize<ModelHead>(file.Slice(HeadBytes, described), ContractJson.Options);
        if (head is null || head.Features != FeatureSettings.Current(rows) || head.Types.IsDefault
            || !head.Types.Select(type => type.Type).SequenceEqual(ViolationType.OfText))
        {
            throw Wrong(path, "one for other features or types");
        }

        return new Opened(head, Convert.ToHexStringLower(file.Slice(Magic.Length, 10)), (ulong*)(start + tableStart), slots, (short*)(start + weightsStart));
    }

    private static int Aligned(int place) => (place + 63) & ~63;

    private static ModelException Wrong(string path, string found) =>
        new($"expected a model of this version in {path}, found {found}; adopt another (model use, model restore), train one anew, or use --rules-only");

    /// <summary>A model as it lies in the file; the mapping stays for the life of the process.</summary>
    public sealed unsafe class Opened(ModelHead head, string version, ulong* table, int slots, short* weights)
    {
        public ModelHead Head { get; } = head;

        /// <summary>The first 20 hexadecimal digits of the file's digest.</summary>
        public string Version { get; } = version;

        /// <summary>By place: a feature's key, and above it the row of its weights; 0 is free.</summary>
        public ulong* Table { get; } = table;

        public int Slots { get; } = slots;

        public short* Weights { get; } = weights;
    }
}
