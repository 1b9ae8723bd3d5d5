namespace Surveillance.Classifier.Segmentation;

/// <summary>Words that stand near each other as a graph, ranked as pages are by their links (TextRank). Not thread safe.</summary>
internal sealed class WordRank
{
    /// <summary>Words less than so many places apart stand near.</summary>
    public const int Span = 5;

    private const double Damping = 0.85;
    private const int Rounds = 10;

    private readonly OrderedDictionary<(string One, string Other), int> _pairs = [];

    public void Add(string one, string other) => _pairs[(one, other)] = _pairs.GetValueOrDefault((one, other)) + 1;

    /// <summary>In the order in which words came first; weights above 0 up to 1.</summary>
    public IEnumerable<Keyword> Rank()
    {
        var links = Links();
        var ranks = links.Keys.ToDictionary(word => word, _ => 1.0 / links.Count);
        var outward = links.ToDictionary(entry => entry.Key, entry => entry.Value.Sum(link => (double)link.Weight));
        string[] sorted = [.. links.Keys.Order(StringComparer.Ordinal)];
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var word in sorted)
            {
                ranks[word] = (1 - Damping) + (Damping * links[word].Sum(link => link.Weight / outward[link.Word] * ranks[link.Word]));
            }
        }

        if (ranks.Count == 0)
        {
            return [];
        }

        var (least, most) = (ranks.Values.Min() / 10, ranks.Values.Max());
        return links.Keys.Select(word => new Keyword(word, (ranks[word] - least) / (most - least)));
    }

    private OrderedDictionary<string, List<(string Word, int Weight)>> Links()
    {
        var links = new OrderedDictionary<string, List<(string Word, int Weight)>>();
        foreach (var ((one, other), weight) in _pairs)
        {
            Of(one).Add((other, weight));
            Of(other).Add((one, weight));
        }

        return links;

        List<(string Word, int Weight)> Of(string word) => links.TryGetValue(word, out var list) ? list : links[word] = [];
    }
}
