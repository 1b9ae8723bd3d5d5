using System.Collections.Frozen;
using Surveillance.Classifier;
using Surveillance.Classifier.Text;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Surveillance.Api.Search;

/// <summary>Terms that stand for one another when searching (<c>data/search/synonyms.yaml</c>). Thread safe.</summary>
public sealed class Synonyms
{
    private readonly FrozenDictionary<string, IReadOnlyList<string>> _groups;

    private Synonyms(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> groups) => _groups = groups.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>No term stands for another.</summary>
    public static Synonyms None { get; } = new([]);

    /// <summary>Reads the file strictly: each group has two terms or more, each in the form that <paramref name="normalizer"/> gives it and in one group only.</summary>
    /// <exception cref="RuleSetException">The file can't be read or is wrong; the message names the file and the term.</exception>
    public static Synonyms Load(string path, Normalizer normalizer)
    {
        ArgumentNullException.ThrowIfNull(normalizer);
        var groups = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var group in Read(path).Groups)
        {
            if (group.Count < 2)
            {
                throw new RuleSetException($"{path}: expected groups of two terms or more, found one of {group.Count}{(group.Count == 0 ? "" : $" ({group[0]})")}");
            }

            foreach (var term in group)
            {
                Check(path, term, normalizer);
                if (!groups.TryAdd(term, group))
                {
                    throw new RuleSetException($"{path}: expected each term once, found {term} again");
                }
            }
        }

        return new Synonyms(groups);
    }

    /// <summary>The term itself and what stands for it, the term first.</summary>
    /// <param name="term">Normalised.</param>
    public IEnumerable<string> Of(string term) =>
        _groups.TryGetValue(term, out var group) ? group.Where(other => other != term).Prepend(term) : [term];

    private static void Check(string path, string term, Normalizer normalizer)
    {
        if (string.IsNullOrWhiteSpace(term))
        {
            throw new RuleSetException($"{path}: expected terms of at least one character, found an empty one");
        }

        if (normalizer.Normalize(term).Text is var normal && normal != term)
        {
            throw new RuleSetException($"{path}: expected normalised terms, found {term} instead of {normal}");
        }
    }

    private static SynonymFile Read(string path)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(HyphenatedNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .WithEnforceNullability()
            .Build();
        try
        {
            return reader.Deserialize<SynonymFile?>(File.ReadAllText(path)) ?? throw new RuleSetException($"{path}: expected groups of terms, found nothing");
        }
        catch (YamlException error)
        {
            throw new RuleSetException($"{path}, line {error.Start.Line}: {error.InnerException?.Message ?? error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new RuleSetException($"{path}: expected a readable file: {error.Message}", error);
        }
    }

    private sealed class SynonymFile
    {
        /// <summary>For readers of the file; not used.</summary>
        public string About { get; init; } = string.Empty;

        public List<List<string>> Groups { get; init; } = [];
    }
}
