using System.Collections.Immutable;
using System.Security.Cryptography;
using Surveillance.Api.Cli;
using Surveillance.Api.Evaluation;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Model.Training;

namespace Surveillance.Api.Training;

/// <summary>Labelled listings to train on, from <c>*.jsonl</c> files.</summary>
/// <remarks>
/// A file <c>hard_negatives.jsonl</c> or <c>ordinary.jsonl</c> is what its name says; <c>…_types.jsonl</c> holds labels of the file beside it. Arguable lines (label
/// <c>unclear</c>) are passed over.
/// </remarks>
/// <param name="Sources">The files that were read, those of labels too.</param>
/// <param name="Voices">Files whose lines name no source: one writer's voice each, and so the origin of their listings.</param>
internal sealed record TrainingFolder(
    IReadOnlyList<TrainingListing> Listings, ImmutableArray<ModelSource> Sources, IReadOnlySet<string> Voices, IReadOnlyList<string> Faults)
{
    /// <summary>The origin of officers' decisions.</summary>
    public const string OfDecisions = "decisions";

    /// <param name="corpus">Folders of listings written for training.</param>
    /// <param name="texts">Folders of collected texts, whose lines name their source.</param>
    /// <param name="decisions">Single files, as <c>decisions export</c> writes them.</param>
    /// <exception cref="UsageException">A folder or file is not there, or a folder has no such file.</exception>
    public static TrainingFolder Read(IEnumerable<string> corpus, IEnumerable<string> texts, IEnumerable<string> decisions)
    {
        var listings = new List<TrainingListing>();
        var sources = ImmutableArray.CreateBuilder<ModelSource>();
        var voices = new HashSet<string>(StringComparer.Ordinal);
        var faults = new List<string>();
        var files = corpus.SelectMany(folder => Files(folder, "--corpus")).Select(path => (Set: "corpus", Path: path))
            .Concat(texts.SelectMany(folder => Files(folder, "--texts")).Select(path => (Set: "texts", Path: path)))
            .Concat(decisions.Select(path => (Set: "decisions", Path: path)));
        foreach (var (set, path) in files)
        {
            var file = LabelledFile.Read(path);
            faults.AddRange(file.Faults);
            var read = file.Listings.Where(line => !line.IsUnclear).ToList();
            listings.AddRange(read.Select(line => Listing(line, file.Name)));
            voices.UnionWith(read.Where(line => line.Source is null).Select(_ => file.Name));
            sources.Add(Source(path, read.Count, set));
            if (file.LabelsPath is { } labels)
            {
                sources.Add(Source(labels, 0, set));
            }
        }

        return new TrainingFolder(JoinTwins(listings), sources.ToImmutable(), voices, faults);
    }

    /// <summary>What a listing's voice or source is called when one is left out at a time; null where it has none of that kind.</summary>
    public string? NameOf(string origin, LeftOutKind kind) => (kind == LeftOutKind.Voice) != Voices.Contains(origin) ? null
        : origin.StartsWith("repo:", StringComparison.Ordinal) && origin.IndexOf(':', "repo:".Length) is var path and > 0 ? origin[..path] : origin;

    private static TrainingListing Listing(LabelledListing line, string file)
    {
        var kind = file switch { "hard_negatives" => TrainingKind.HardNegative, "ordinary" => TrainingKind.Ordinary, _ => TrainingKind.Labelled };
        return new TrainingListing(line.Listing, line.Types, line.Maybe, line.Group, line.Origin ?? file, kind);
    }

    /// <summary>What is put up again is decided on again: the same words are one group, or a model would be judged on what it has learnt.</summary>
    private static List<TrainingListing> JoinTwins(List<TrainingListing> listings)
    {
        var groups = new Dictionary<(string?, string?), string>();
        return listings.ConvertAll(listing =>
        {
            var isFirst = groups.TryAdd((listing.Listing.Title, listing.Listing.Text), listing.Group);
            return isFirst || listing.Origin != OfDecisions ? listing : listing with { Group = groups[(listing.Listing.Title, listing.Listing.Text)] };
        });
    }

    private static ModelSource Source(string path, int listings, string set) =>
        new(Path.GetFileNameWithoutExtension(path), listings, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), set);

    private static List<string> Files(string folder, string option)
    {
        var files = Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.jsonl").Where(path => !path.EndsWith("_types.jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList()
            : [];
        return files.Count > 0 ? files : throw new UsageException($"{option} expects a folder of *.jsonl files, {folder} is none");
    }
}

/// <summary>What is left out of training, one at a time.</summary>
internal enum LeftOutKind
{
    /// <summary>A file of the corpus: one kind of writer.</summary>
    Voice,

    /// <summary>A repository or site from which texts were collected.</summary>
    Source,
}
