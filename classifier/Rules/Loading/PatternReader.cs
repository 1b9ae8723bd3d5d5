using Surveillance.Classifier.Rules.Language;

namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads patterns, field names and distances out of a data file.</summary>
internal sealed class PatternReader(TermSets sets)
{
    private readonly PatternParser _parser = new(sets);

    /// <summary>Empty where the member is absent.</summary>
    public IReadOnlyList<Pattern> Read(StrictMap map, string member)
    {
        var patterns = new List<Pattern>();
        foreach (var source in map.Texts(member))
        {
            try
            {
                patterns.AddRange(_parser.Parse(source));
            }
            catch (FormatException error)
            {
                throw map.Wrong($"pattern '{source}': {error.Message}");
            }
        }

        return patterns;
    }

    public static Fields ReadFields(StrictMap map)
    {
        var fields = Fields.None;
        foreach (var name in map.Texts("fields"))
        {
            fields |= name switch
            {
                "title" => Fields.Title,
                "text" => Fields.Text,
                "seller" => Fields.Seller,
                "publisher" => Fields.Publisher,
                _ => throw map.Wrong($"'fields': expected title, text, seller or publisher, got '{name}'"),
            };
        }

        return fields == Fields.None ? Fields.Usual : fields;
    }
}
