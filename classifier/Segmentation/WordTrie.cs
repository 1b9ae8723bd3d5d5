namespace Surveillance.Classifier.Segmentation;

/// <summary>The words that users added, as a trie. Built by one thread, then read by many.</summary>
internal sealed class WordTrie
{
    public const int Root = 0;
    public const int None = -1;

    private readonly Dictionary<(int Node, char Unit), int> _children = [];
    private readonly List<double> _weights = [Unset];

    /// <summary>The weight of a node where no word was added.</summary>
    public static double Unset => double.NaN;

    public int Child(int node, char unit) => _children.GetValueOrDefault((node, unit), None);

    /// <summary>Natural logarithm of the frequency; negative infinity for a word taken out; <see cref="Unset"/> for none.</summary>
    public double this[int node] => _weights[node];

    public void Add(string word, long frequency)
    {
        var node = Root;
        foreach (var unit in word)
        {
            var child = Child(node, unit);
            if (child == None)
            {
                child = _weights.Count;
                _children.Add((node, unit), child);
                _weights.Add(Unset);
            }

            node = child;
        }

        _weights[node] = frequency == 0 ? WordGraph.NoWord : Math.Log(frequency);
    }
}
