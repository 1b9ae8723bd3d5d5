using System.Runtime.InteropServices;
using System.Text;

namespace Surveillance.Classifier.Text.Compilation;

/// <summary>Compiles the npm dictionaries into the file that <see cref="TextResources"/> maps. Runs at build time.</summary>
public static class TextCompiler
{
    /// <param name="nodeModules">Where <c>npm ci --ignore-scripts</c> put nodejieba, opencc-js and pinyin-pro.</param>
    /// <param name="output">Written beside and renamed, so that a reader never sees half a file.</param>
    /// <exception cref="InvalidDataException">A dictionary is missing or not in the form that is known; the message names it.</exception>
    public static void Compile(string nodeModules, string output)
    {
        ArgumentNullException.ThrowIfNull(nodeModules);
        ArgumentNullException.ThrowIfNull(output);
        var sections = new byte[TextFile.Sections][];
        var words = WordTables.Read(nodeModules, sections);
        HiddenTables.Read(nodeModules, sections);
        DocumentTables.Read(nodeModules, sections);
        FoldTables.Read(nodeModules, words, sections);
        ReadingTables.Read(nodeModules, sections);

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
        var beside = $"{output}.{Environment.ProcessId}";
        Write(beside, sections);
        File.Move(beside, output, overwrite: true);
    }

    /// <summary>The lines of a dictionary file with their numbers from 1, blank ones and comments left out.</summary>
    internal static IEnumerable<(int Number, string Line)> Lines(string nodeModules, string name)
    {
        foreach (var (index, line) in Text(nodeModules, name).Split('\n').Index())
        {
            if (line.Length > 0 && !line.StartsWith('#'))
            {
                yield return (index + 1, line.TrimEnd('\r'));
            }
        }
    }

    internal static string Text(string nodeModules, string name)
    {
        var path = Path.Combine(nodeModules, name);
        return File.Exists(path)
            ? File.ReadAllText(path, Encoding.UTF8)
            : throw new InvalidDataException($"expected {name} in {nodeModules}; run npm ci --ignore-scripts in data/");
    }

    internal static byte[] Bytes<T>(ReadOnlySpan<T> table)
        where T : unmanaged => MemoryMarshal.AsBytes(table).ToArray();

    private static void Write(string path, byte[][] sections)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write);
        var places = new long[sections.Length * 2];
        var end = Aligned(TextFile.HeadBytes);
        for (var section = 0; section < sections.Length; section++)
        {
            (places[section * 2], places[(section * 2) + 1]) = (end, sections[section].Length);
            end = Aligned(end + sections[section].Length);
        }

        file.Write(TextFile.Magic);
        file.Write(MemoryMarshal.AsBytes<long>(places));
        for (var section = 0; section < sections.Length; section++)
        {
            file.Position = places[section * 2];
            file.Write(sections[section]);
        }
    }

    private static long Aligned(long offset) => (offset + TextFile.Alignment - 1) / TextFile.Alignment * TextFile.Alignment;
}
