using System.Collections.Immutable;
using System.Security.Cryptography;
using Surveillance.Api.Cli;
using Surveillance.Api.Evaluation;
using Surveillance.Classifier.Model;
using Surveillance.Classifier.Model.Training;

namespace Surveillance.Api.Training;

/// <summary>Labelled listings to train on, from the <c>*.jsonl</c> files of folders.</summary>
/// <remarks>
/// A file <c>hard_negatives.jsonl</c> or <c>ordinary.jsonl</c> is what its name says; <c>…_types.jsonl</c> holds labels of the file beside it. Arguable lines (label
/// <c>unclear</c>) are passed over.
/// </remarks>
internal sealed record TrainingFolder(IReadOnlyList<TrainingListing> Listings, ImmutableArray<ModelSource> Sources, IReadOnlyList<string> Faults)
{
    /// <param name="files">Further single files, such as officers' decisions.</param>
    /// <exception cref="UsageException">A folder or file is not there.</exception>
    public static TrainingFolder Read(IEnumerable<string> folders, IEnumerable<string> files)
    {
        var listings = new List<TrainingListing>();
        var sources = ImmutableArray.CreateBuilder<ModelSource>();
        var faults = new List<string>();
        foreach (var path in folders.SelectMany(Files).Concat(files))
        {
            var file = LabelledFile.Read(path);
            faults.AddRange(file.Faults);
            var kind = file.Name switch { "hard_negatives" => TrainingKind.HardNegative, "ordinary" => TrainingKind.Ordinary, _ => TrainingKind.Labelled };
            var read = file.Listings.Where(line => !line.IsUnclear).ToList();
            listings.AddRange(read.Select(line => new TrainingListing(line.Listing, line.Types, line.Maybe, line.Group, Origin(line, file.Name), kind)));
            sources.Add(new ModelSource(file.Name, read.Count, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))));
        }

        return new TrainingFolder(listings, sources.ToImmutable(), faults);
    }

    /// <summary>The source up to a revision or a place in it, so that one repository or site is one origin; the file's name where none is given.</summary>
    private static string Origin(LabelledListing line, string file) => line.Source?.Split('@', ' ')[0] ?? file;

    private static IEnumerable<string> Files(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*.jsonl").Where(path => !path.EndsWith("_types.jsonl", StringComparison.Ordinal)).Order(StringComparer.Ordinal)
        : throw new UsageException($"--corpus expects a folder of *.jsonl files, {folder} is none");
}
