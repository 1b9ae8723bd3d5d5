namespace Surveillance.Classifier.Rules.Loading;

/// <summary>Reads <c>items.yaml</c>: canonical name → how people write it.</summary>
internal sealed class ItemFile(PatternReader patterns)
{
    public IReadOnlyList<Item> Read(StrictMap file) => [.. file.Names.Select(name => ReadItem(file, name))];

    private Item ReadItem(StrictMap file, string name)
    {
        var read = patterns.Read(file, name);
        return read.Count > 0 ? new Item(name, read) : throw file.Wrong($"item {name}: no patterns");
    }
}
