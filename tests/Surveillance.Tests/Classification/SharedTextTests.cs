using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Tests.Rules;

namespace Surveillance.Tests.Classification;

/// <summary>The collected real texts of <c>../shared/texts</c>, where they are at hand; the project holds no copy.</summary>
public sealed class SharedTextTests
{
    private static readonly string Folder = Path.Combine(RepositoryData.Folder, "..", "..", "shared", "texts");

    public static bool AreThere => Directory.Exists(Folder);

    [Theory(SkipUnless = nameof(AreThere), Skip = "../shared/texts is not here")]
    [InlineData("hard_negatives.jsonl", 0.01, 0.05)]
    [InlineData("ordinary.jsonl", 0.001, 0.005)]
    public void Lawful_texts_are_left_alone(string file, double flagged, double reviewed)
    {
        var decisions = Decisions(file).Select(row => row.Decision).ToList();

        Assert.True(decisions.Count(decision => decision == Decision.Flag) <= flagged * decisions.Count);
        Assert.True(decisions.Count(decision => decision == Decision.Review) <= reviewed * decisions.Count);
    }

    [Fact(SkipUnless = nameof(AreThere), Skip = "../shared/texts is not here")]
    public void Unlawful_texts_are_flagged()
    {
        var certain = File.ReadLines(Path.Combine(Folder, "positive_types.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(row => row.GetProperty("types").GetArrayLength() > 0)
            .Select(row => row.GetProperty("id").GetString()!)
            .ToHashSet(StringComparer.Ordinal);
        var decisions = Decisions("positives.jsonl").Where(row => certain.Contains(row.Id!)).Select(row => row.Decision).ToList();

        Assert.True(decisions.Count(decision => decision == Decision.Flag) >= 0.9 * decisions.Count);
    }

    private static IEnumerable<Assessment> Decisions(string file) =>
        File.ReadLines(Path.Combine(Folder, file))
            .Select(line => JsonSerializer.Deserialize<Listing>(line, ContractJson.Options)!)
            .Select(listing => RepositoryData.Classifier.Classify(listing, new DateOnly(2026, 11, 25)));
}
