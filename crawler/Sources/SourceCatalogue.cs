using System.Collections.Frozen;

namespace Surveillance.Crawler.Sources;

/// <summary>Where source files lie and which of them count.</summary>
public sealed record SourceFolders
{
    /// <summary>The product's <c>data/sources</c>.</summary>
    public required string Shipped { get; init; }

    /// <summary>The user's <c>sources</c>; a file there replaces the shipped one of the same id whole. May be absent.</summary>
    public string? Overrides { get; init; }

    /// <summary>Where the demo marketplace listens; null leaves demo sources out.</summary>
    public Uri? DemoBase { get; init; }

    /// <summary>Names that <c>extraction</c> may use; null leaves them unchecked.</summary>
    public IReadOnlySet<string>? Extractors { get; init; }
}

/// <summary>All sources that can be used, and what is wrong with the others.</summary>
/// <remarks>
/// A bad file costs its own source only. A bad override also costs the shipped source of the same id, since running that one
/// might undo what the user meant to forbid.
/// </remarks>
public sealed class SourceCatalogue
{
    private readonly FrozenDictionary<string, SourceDefinition> _byId;

    private SourceCatalogue(IReadOnlyList<SourceDefinition> sources, IReadOnlyList<SourceFault> faults)
    {
        Sources = sources;
        Faults = faults;
        _byId = sources.ToFrozenDictionary(source => source.Id, StringComparer.Ordinal);
    }

    /// <summary>In order of id.</summary>
    public IReadOnlyList<SourceDefinition> Sources { get; }

    /// <summary>In order of id.</summary>
    public IReadOnlyList<SourceFault> Faults { get; }

    public SourceDefinition? Find(string id) => _byId.GetValueOrDefault(id);

    /// <exception cref="DirectoryNotFoundException">The shipped folder is missing.</exception>
    public static SourceCatalogue Load(SourceFolders folders)
    {
        var files = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var group in FilesById(folders.Shipped))
        {
            files[group.Key] = [.. group];
        }

        if (folders.Overrides is { } overrides && Directory.Exists(overrides))
        {
            foreach (var group in FilesById(overrides))
            {
                files[group.Key] = [.. group];
            }
        }

        var sources = new List<SourceDefinition>();
        var faults = new List<SourceFault>();
        foreach (var (id, paths) in files)
        {
            Read(id, paths, folders, sources, faults);
        }

        return new SourceCatalogue(sources, faults);
    }

    private static void Read(string id, List<string> paths, SourceFolders folders, List<SourceDefinition> sources, List<SourceFault> faults)
    {
        try
        {
            var source = paths.Count == 1
                ? SourceFile.Read(File.ReadAllText(paths[0]), id, folders.DemoBase)
                : throw new SourceFormatException($"{id} 有两个文件（.yaml 和 .yml），只能留一个。");
            if (folders.Extractors is { } known && source.Extraction.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
            {
                throw new SourceFormatException($"键 extraction 中的 {unknown} 不是已知的提取器；可用：{string.Join("、", known.Order(StringComparer.Ordinal))}。");
            }

            if (!source.Demo || folders.DemoBase is not null)
            {
                sources.Add(source);
            }
        }
        catch (SourceFormatException error)
        {
            faults.Add(new SourceFault(paths[0], id, error.Message));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            faults.Add(new SourceFault(paths[0], id, $"文件无法读取：{error.Message}"));
        }
    }

    private static IEnumerable<IGrouping<string, string>> FilesById(string folder) =>
        Directory.EnumerateFiles(folder)
            .Where(file => Path.GetExtension(file) is ".yaml" or ".yml")
            .Order(StringComparer.Ordinal)
            .GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.Ordinal);
}
