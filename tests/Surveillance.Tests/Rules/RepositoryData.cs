using Surveillance.Classifier;

namespace Surveillance.Tests.Rules;

/// <summary>The project's own data folder, and copies of it to spoil.</summary>
internal static class RepositoryData
{
    /// <summary>Found from the test assembly upwards.</summary>
    public static readonly string Folder = Find();

    private static readonly Lazy<TextClassifier> Loaded = new(() => TextClassifier.Load(Folder));

    /// <summary>Loaded once for all tests; it is immutable.</summary>
    public static TextClassifier Classifier => Loaded.Value;

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Surveillance.sln")))
            {
                return Path.Combine(folder.FullName, "data");
            }
        }

        throw new DirectoryNotFoundException("expected Surveillance.sln above the tests");
    }
}
