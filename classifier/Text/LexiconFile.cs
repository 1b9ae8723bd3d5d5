using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Surveillance.Classifier.Text;

/// <summary>One file of <c>data/lexicon</c>: any of the lists of a <see cref="Lexicon"/>; unknown and repeated members are errors.</summary>
internal sealed class LexiconFile
{
    /// <summary>For readers of the file; not used.</summary>
    public string About { get; init; } = string.Empty;

    public List<string> Core { get; init; } = [];

    public List<string> Terms { get; init; } = [];

    public List<Alias> Aliases { get; init; } = [];

    public Dictionary<string, string> Symbols { get; init; } = [];

    public Dictionary<string, string> Splits { get; init; } = [];

    public Dictionary<string, string> Lookalikes { get; init; } = [];

    public string Separators { get; init; } = string.Empty;

    public List<string> Ordinary { get; init; } = [];

    public List<string> Context { get; init; } = [];

    public static Lexicon Load(string folder)
    {
        string[] paths = Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal)] : [];
        if (paths.Length == 0)
        {
            throw new RuleSetException($"expected lexicon files (*.yaml) in {folder}, found none");
        }

        LexiconFile[] files = [.. paths.Select(Read)];
        return new Lexicon
        {
            Core = [.. files.SelectMany(file => file.Core).Distinct()],
            Terms = [.. files.SelectMany(file => file.Terms).Distinct()],
            Aliases = [.. files.SelectMany(file => file.Aliases).SelectMany(alias => alias.ToAliases())],
            Symbols = [.. files.SelectMany(file => file.Symbols)],
            Splits = [.. files.SelectMany(file => file.Splits.SelectMany(Parts))],
            Lookalikes = [.. files.SelectMany(file => file.Lookalikes.SelectMany(Shapes))],
            Separators = string.Concat(files.Select(file => file.Separators)),
            Ordinary = [.. files.SelectMany(file => file.Ordinary).Distinct()],
            Context = [.. files.SelectMany(file => file.Context).Distinct()],
        };
    }

    private static LexiconFile Read(string path)
    {
        var reader = new DeserializerBuilder()
            .WithNamingConvention(HyphenatedNamingConvention.Instance)
            .WithDuplicateKeyChecking()
            .WithEnforceNullability()
            .Build();
        try
        {
            var file = reader.Deserialize<LexiconFile?>(File.ReadAllText(path));
            return file?.Wrong() is { } wrong ? throw new RuleSetException($"{path}: {wrong}")
                : file ?? throw new RuleSetException($"{path}: expected lists of terms, found nothing");
        }
        catch (YamlException exception)
        {
            throw new RuleSetException($"{path}, line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}", exception);
        }
    }

    private string? Wrong() =>
        Core.Concat(Terms).Concat(Ordinary).Concat(Context).Any(string.IsNullOrWhiteSpace) ? "expected terms of at least one character, found an empty one"
        : Aliases.FirstOrDefault(alias => string.IsNullOrWhiteSpace(alias.To) || alias.From.Count == 0) is { } empty ? $"expected an alias with to and from, found to: {empty.To}"
        : Aliases.FirstOrDefault(alias => alias.Kind is not null && alias.ParsedKind is null) is { } unknown ? $"expected a kind of fold, found {unknown.Kind} for {unknown.To}"
        : null;

    /// <summary>A character and, parted by spaces, the ways to write it in parts.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Parts(KeyValuePair<string, string> split) =>
        split.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(parts => KeyValuePair.Create(parts, split.Key));

    /// <summary>A character and all that look like it, without a space.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Shapes(KeyValuePair<string, string> shapes) =>
        shapes.Value.EnumerateRunes().Select(shape => KeyValuePair.Create(shape.ToString(), shapes.Key));

    /// <summary>Spellings of one term.</summary>
    internal sealed class Alias
    {
        public string To { get; init; } = string.Empty;

        /// <summary>Spellings read so everywhere; behind a question mark, only near the context.</summary>
        public List<string> From { get; init; } = [];

        /// <summary>A kind of fold in kebab case; <c>pinyin</c> where none is given.</summary>
        public string? Kind { get; init; }

        internal FoldKind? ParsedKind => Enum.GetValues<FoldKind>().Cast<FoldKind?>().FirstOrDefault(kind =>
            string.Equals(kind.ToString(), Kind?.Replace("-", string.Empty, StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase));

        internal IEnumerable<LexiconAlias> ToAliases() =>
            From.Select(from => new LexiconAlias(from.TrimStart('?'), To, ParsedKind ?? FoldKind.Pinyin, from.StartsWith('?')));
    }
}
