using Surveillance.Classifier.Text;

namespace Surveillance.Tests.Text;

/// <summary>The compiled dictionaries and the project's own word lists, opened once for all tests.</summary>
internal static class Dictionaries
{
    private static readonly Lazy<TextResources> Opened = new(TextResources.Open);

    private static readonly Lazy<Lexicon> Loaded = new(() => Lexicon.Load(InProject("data/lexicon")));

    private static readonly Lazy<Normalizer> Built = new(() => new Normalizer(Resources, Words, []));

    public static TextResources Resources => Opened.Value;

    /// <summary>With the lexicon of <c>data/lexicon</c> and no rules.</summary>
    public static Normalizer Normalizer => Built.Value;

    public static Lexicon Words => Loaded.Value;

    public static string InProject(string path) => Path.Combine(Root(), path);

    /// <summary>A file of the material beside the project; null where it is not there.</summary>
    public static string? Shared(string path)
    {
        var full = Path.Combine(Root(), "..", "shared", path);
        return File.Exists(full) ? full : null;
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Surveillance.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"expected Surveillance.sln above {AppContext.BaseDirectory}");
    }
}
