using System.Text.Json;
using Surveillance.Api.Cli;
using Surveillance.Api.Listings;

namespace Surveillance.Api.Evaluation;

/// <summary>A file of labelled listings, one JSON object a line.</summary>
/// <param name="LabelsPath">The file beside it whose labels win over its own; null for none.</param>
/// <param name="Faults">Lines that could not be read, with their numbers.</param>
internal sealed record LabelledFile(string Path, string? LabelsPath, IReadOnlyList<LabelledListing> Listings, IReadOnlyList<string> Faults)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Reads it whole; labels kept beside it (<c>positive_types.jsonl</c> for <c>positives.jsonl</c>) win over its own.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public static LabelledFile Read(string path)
    {
        var listings = new List<LabelledListing>();
        var faults = new List<string>();
        var beside = Beside(path);
        var known = beside is null ? [] : Labels(beside, faults);
        var number = 0;
        foreach (var line in Lines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            try
            {
                listings.Add(LabelledListing.Parse(BrokenText.Mend(line), known));
            }
            catch (JsonException error)
            {
                faults.Add($"{path}: line {number}: {Leads.Wording.Visible(Leads.Wording.Beginning(error.Message.Split(" Path:")[0], 200))}");
            }
        }

        return new LabelledFile(path, beside, listings, faults);
    }

    private static string? Beside(string path)
    {
        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        var beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", $"{stem.TrimEnd('s')}_types.jsonl");
        return stem.EndsWith('s') && File.Exists(beside) ? beside : null;
    }

    /// <summary>By id.</summary>
    private static Dictionary<string, JsonElement> Labels(string path, List<string> faults)
    {
        var known = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var (index, line) in Lines(path).Index())
        {
            try
            {
                using var document = JsonDocument.Parse(BrokenText.Mend(line));
                if (document.RootElement is not { ValueKind: JsonValueKind.Object } row || !row.TryGetProperty("id", out var id) || id.ValueKind != JsonValueKind.String)
                {
                    throw new JsonException("expected an object with an id");
                }

                known[id.GetString()!] = row.Clone();
            }
            catch (JsonException error)
            {
                faults.Add($"{path}: line {index + 1}: {error.Message}");
            }
        }

        return known;
    }

    private static string[] Lines(string path)
    {
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"expected a readable file, {path} is none: {error.Message}", error);
        }
    }
}
