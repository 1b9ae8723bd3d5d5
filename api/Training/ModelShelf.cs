using System.Globalization;
using System.Text.Json;
using Surveillance.Api.Cli;
using Surveillance.Classifier;
using Surveillance.Classifier.Model;

namespace Surveillance.Api.Training;

/// <summary>The models of one installation: kept in <c>models/</c> of the data folder, one of them in force.</summary>
/// <remarks>
/// <c>models/VERSION.bin</c> are the models, <c>models/VERSION.json</c> what comparing them showed (also of one that was refused and so is not kept), and <c>models/in-force</c> names those adopted, a version a
/// line, the last in force. Without that file the model that was shipped is in force.
/// </remarks>
/// <param name="shipped">The model beside the program.</param>
internal sealed class ModelShelf(string dataFolder, string shipped)
{
    private readonly string _folder = Path.Combine(dataFolder, "models");

    private string Adopted => Path.Combine(_folder, "in-force");

    /// <summary>The file of the model in force; the shipped one where none was adopted.</summary>
    /// <exception cref="UsageException">The adopted model's file is gone.</exception>
    public string InForce()
    {
        if (History().LastOrDefault() is not { } version)
        {
            return shipped;
        }

        var path = PathOf(version);
        return File.Exists(path) ? path : throw new UsageException($"expected the adopted model at {path}, found no file; `model restore` goes back to the one before, --rules-only does without");
    }

    /// <summary>Versions kept, by name, and whether each is in force.</summary>
    public IReadOnlyList<(string Version, string Path, bool IsInForce)> List()
    {
        var inForce = InForce();
        var kept = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, "*.bin").Order(StringComparer.Ordinal) : Enumerable.Empty<string>();
        return [.. kept.Prepend(shipped).Where(File.Exists).Select(path => (path == shipped ? "shipped" : Path.GetFileNameWithoutExtension(path), path, path == inForce))];
    }

    /// <summary>Keeps what a comparison showed.</summary>
    public void Keep(ModelComparison comparison)
    {
        Directory.CreateDirectory(_folder);
        File.WriteAllText(Path.ChangeExtension(PathOf(comparison.To), ".json"), JsonSerializer.Serialize(comparison, ContractJson.Options) + "\n");
    }

    /// <summary>Takes a model in and puts it in force.</summary>
    public void Adopt(StatisticalModel model, string path)
    {
        Directory.CreateDirectory(_folder);
        var kept = PathOf(model.Version);
        if (Path.GetFullPath(kept) != Path.GetFullPath(path))
        {
            File.Copy(path, kept, overwrite: true);
        }

        Write([.. History(), model.Version]);
    }

    /// <summary>Puts the model before the one in force back.</summary>
    /// <returns>Its version; null for the shipped one.</returns>
    /// <exception cref="UsageException">There is none before.</exception>
    public string? Restore()
    {
        var history = History();
        if (history.Count == 0)
        {
            throw new UsageException("the shipped model is in force; there is none before it to restore");
        }

        Write(history.SkipLast(1));
        return history.SkipLast(1).LastOrDefault();
    }

    /// <summary>A version's file, or the path itself where it is one.</summary>
    /// <exception cref="UsageException">Neither.</exception>
    public string Find(string versionOrPath) =>
        File.Exists(versionOrPath) ? versionOrPath
        : List().FirstOrDefault(kept => kept.Version == versionOrPath) is { Path: { } path } ? path
        : throw new UsageException(string.Create(CultureInfo.InvariantCulture, $"expected a model's file or one of the {List().Count} kept versions, got {versionOrPath}"));

    private List<string> History() => File.Exists(Adopted) ? [.. File.ReadAllLines(Adopted).Where(line => line.Length > 0)] : [];

    private void Write(IEnumerable<string> history)
    {
        // Written beside and moved over: a crash leaves the old list or the new one.
        var beside = Adopted + ".new";
        File.WriteAllLines(beside, history);
        File.Move(beside, Adopted, overwrite: true);
    }

    private string PathOf(string version) => Path.Combine(_folder, version + ".bin");
}
