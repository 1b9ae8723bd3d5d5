using System.Security.Cryptography;
using System.Text;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Names what was loaded: the same files give the same name.</summary>
internal static class DataDigest
{
    private static readonly string[] Folders = ["laws", "lexicon", "platforms", "rules"];

    /// <summary>The first 20 hexadecimal digits of SHA-256 over names and contents of all files, by name.</summary>
    public static string Of(string dataFolder)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var folder in Folders.Select(name => Path.Combine(dataFolder, name)).Where(Directory.Exists))
        {
            var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                .Select(path => (Path: path, Name: Path.GetRelativePath(dataFolder, path).Replace('\\', '/')));
            foreach (var (path, name) in files.OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                var content = File.ReadAllBytes(path);
                digest.AppendData(Encoding.UTF8.GetBytes($"{name}\n{content.Length}\n"));
                digest.AppendData(content);
            }
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset())[..20];
    }
}
