using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;
using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Text;

/// <summary>The compiled dictionaries: fold tables, words, HMM, IDF and readings in one memory-mapped file.</summary>
/// <remarks>
/// The build compiles the file from the npm packages of <c>data/package.json</c> (<see cref="Compilation.TextCompiler"/>, ADR 0003). Opening
/// maps it and checks its head; nothing is copied, so several processes share one image. The mapping stays for the life of the process, because
/// readers keep pointers into it: open once and pass it on. Thread safe.
/// </remarks>
public sealed unsafe class TextResources
{
    private readonly byte* _start;
    private readonly (long Offset, long Bytes)[] _sections;

    private TextResources(byte* start, (long Offset, long Bytes)[] sections)
    {
        _start = start;
        _sections = sections;
    }

    /// <summary>Where the build puts the file: beside the program.</summary>
    public static string DefaultPath { get; } = Path.Combine(AppContext.BaseDirectory, "data", "text.bin");

    /// <summary>Opens the file beside the program.</summary>
    /// <exception cref="InvalidDataException">Missing, cut short, or of another version; the message says what to do.</exception>
    public static TextResources Open() => Open(DefaultPath);

    /// <exception cref="InvalidDataException">Missing, cut short, or of another version; the message says what to do.</exception>
    public static TextResources Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path))
        {
            throw new InvalidDataException($"expected the compiled dictionaries at {path}; run npm ci --ignore-scripts in data/ and build again");
        }

        var length = new FileInfo(path).Length;
        if (length < TextFile.HeadBytes)
        {
            throw Wrong(path, $"{length} bytes");
        }

        var mapped = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = mapped.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        return new TextResources(start, ReadHead(path, new ReadOnlySpan<byte>(start, TextFile.HeadBytes), length));
    }

    /// <summary>A table as it lies in the file.</summary>
    internal ReadOnlySpan<T> Table<T>(TextSection section)
        where T : unmanaged
    {
        var (offset, bytes) = _sections[(int)section];
        return new ReadOnlySpan<T>(_start + offset, checked((int)(bytes / sizeof(T))));
    }

    /// <summary>The first element of a table, for loops that have proved their own bounds.</summary>
    internal T* Pointer<T>(TextSection section)
        where T : unmanaged => (T*)(_start + _sections[(int)section].Offset);

    /// <summary>A table that is a trie.</summary>
    internal UnitTrie Trie(TextSection section) => new(Pointer<ulong>(section), Table<ulong>(section).Length);

    /// <summary>A table of names, one a line in the file.</summary>
    internal string[] Names(TextSection section) => Encoding.UTF8.GetString(Table<byte>(section)).Split('\n');

    private static (long Offset, long Bytes)[] ReadHead(string path, ReadOnlySpan<byte> head, long length)
    {
        if (!head.StartsWith(TextFile.Magic))
        {
            throw Wrong(path, "another kind or version of file");
        }

        var places = MemoryMarshal.Cast<byte, long>(head[TextFile.Magic.Length..]);
        var sections = new (long Offset, long Bytes)[TextFile.Sections];
        for (var section = 0; section < sections.Length; section++)
        {
            sections[section] = (places[section * 2], places[(section * 2) + 1]);
            if (sections[section].Offset < TextFile.HeadBytes || sections[section].Bytes < 0 || sections[section].Offset > length - sections[section].Bytes)
            {
                throw Wrong(path, $"section {(TextSection)section} outside the file's {length} bytes");
            }
        }

        return sections;
    }

    private static InvalidDataException Wrong(string path, string found) =>
        new($"expected compiled dictionaries of this version in {path}, found {found}; build again");
}
