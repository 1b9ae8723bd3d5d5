using System.Text.Json;
using Surveillance.Api.Cli;

namespace Surveillance.Api.Evaluation;

/// <summary>A file of labelled listings, one JSON object a line.</summary>
/// <param name="Faults">Lines that could not be read, with their numbers.</param>
internal sealed record LabelledFile(string Path, IReadOnlyList<LabelledListing> Listings, IReadOnlyList<string> Faults)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Reads it whole; labels kept beside it (<c>positive_types.jsonl</c> for <c>positives.jsonl</c>) win over its own.</summary>
    /// <exception cref="UsageException">It can't be read.</exception>
    public static LabelledFile Read(string path)
    {
        var known = Apart(path);
        var listings = new List<LabelledListing>();
        var faults = new List<string>();
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
                listings.Add(LabelledListing.Parse(line, known));
            }
            catch (JsonException error)
            {
                faults.Add($"{path}: line {number}: {error.Message.Split(" Path:")[0]}");
            }
        }

        return new LabelledFile(path, listings, faults);
    }

    private static Dictionary<string, JsonElement> Apart(string path)
    {
        var stem = System.IO.Path.GetFileNameWithoutExtension(path);
        var beside = System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path) ?? "", $"{stem.TrimEnd('s')}_types.jsonl");
        return !stem.EndsWith('s') || !File.Exists(beside) ? []
            : Lines(beside).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(row => row.GetProperty("id").GetString()!, StringComparer.Ordinal);
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
