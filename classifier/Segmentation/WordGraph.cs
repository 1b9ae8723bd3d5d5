using Surveillance.Classifier.Matching;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>All words known at one moment: the compiled dictionary with the users' words over it. Thread safe once built.</summary>
internal sealed unsafe class WordGraph
{
    /// <summary>The weight of what is no word.</summary>
    public const double NoWord = double.NegativeInfinity;

    private readonly UnitTrie _trie;
    private readonly double* _weights;
    private readonly int* _roots;
    private readonly PairBits _pairs;

    /// <summary>By number: the logarithm of a word's probability.</summary>
    private readonly double[] _probabilities;

    /// <summary>By unit: as <see cref="_probabilities"/>, of the unit as a word; <see cref="NoWord"/> where it is none.</summary>
    private readonly double[] _singles = new double[char.MaxValue + 1];

    public WordGraph(TextResources resources, UserWords users)
    {
        _trie = resources.Trie(TextSection.WordSlots);
        _weights = resources.Pointer<double>(TextSection.WordWeights);
        _roots = resources.Pointer<int>(TextSection.WordRoots);
        _pairs = new PairBits(resources.Pointer<ulong>(TextSection.WordPairs), resources.Table<ulong>(TextSection.WordPairs).Length);
        Users = users;
        LogTotal = Math.Log(resources.Table<long>(TextSection.WordTotal)[0] + users.Total);

        // Taken apart from the sum with the rest of the route, in jieba's order: ties and near ties then fall as they do there.
        _probabilities = new double[resources.Table<double>(TextSection.WordWeights).Length];
        for (var number = 0; number < _probabilities.Length; number++)
        {
            _probabilities[number] = _weights[number] - LogTotal;
        }

        for (var unit = 0; unit < _singles.Length; unit++)
        {
            _singles[unit] = _roots[unit] == 0 ? NoWord : _probabilities[_trie.ValueAt(_roots[unit])];
        }
    }

    public UserWords Users { get; }

    public double LogTotal { get; }

    /// <summary>Natural logarithm of a word's frequency; <see cref="NoWord"/> where it is none.</summary>
    public double LogFrequency(ReadOnlySpan<char> word)
    {
        var user = Users.Find(word);
        if (!double.IsNaN(user))
        {
            return user;
        }

        var place = Place(word);
        return place < 0 ? NoWord : _weights[_trie.ValueAt(place)];
    }

    /// <summary>Where a word or prefix stands in the compiled dictionary, or -1.</summary>
    public int Place(ReadOnlySpan<char> word) => _trie.Find(word);

    /// <summary>Whether a word begins with it, in whichever dictionary.</summary>
    public bool IsPrefix(ReadOnlySpan<char> word) => Place(word) >= 0 || Users.HasPrefix(word);

    /// <summary>
    /// The best way on from <paramref name="start"/>: among the words that begin there, or the unit alone where none does, the one
    /// with which the rest is most probable, the longer of equals.
    /// </summary>
    /// <param name="block">Characters of the Basic Multilingual Plane only.</param>
    /// <param name="routes">By place, the logarithm of the probability of the rest; the last is nought.</param>
    /// <returns>After the word's last unit.</returns>
    public int Best(ReadOnlySpan<char> block, int start, Span<double> routes)
    {
        var end = start + 1;
        var best = _singles[block[start]] + routes[end];
        if (end < block.Length && _pairs.MayHave(block[start], block[end]) && _roots[block[start]] is var node and not 0)
        {
            Extend(block, node, routes, ref best, ref end);
        }

        routes[start] = best == NoWord ? 0 - LogTotal + routes[start + 1] : best;
        return end;
    }

    /// <summary>Tries the longer words; of equals the longer wins.</summary>
    private void Extend(ReadOnlySpan<char> block, int node, Span<double> routes, ref double best, ref int end)
    {
        for (var at = end; at < block.Length; at++)
        {
            node = _trie.Child(node, block[at]);
            if (node < 0)
            {
                break;
            }

            var probability = _probabilities[_trie.ValueAt(node)] + routes[at + 1];
            if (probability >= best && probability != NoWord)
            {
                (best, end) = (probability, at + 1);
            }
        }
    }

    /// <summary>As <see cref="Best"/>, with users' words.</summary>
    public int BestWithUsers(ReadOnlySpan<char> block, int start, Span<double> routes)
    {
        var (best, end) = (double.NegativeInfinity, -1);
        foreach (var (stop, weight) in WordsAt(block, start))
        {
            var probability = weight - LogTotal + routes[stop];
            if (probability >= best)
            {
                (best, end) = (probability, stop);
            }
        }

        if (end < 0)
        {
            (best, end) = (0 - LogTotal + routes[start + 1], start + 1);
        }

        routes[start] = best;
        return end;
    }

    /// <summary>Every word that begins at a place, the shortest first, with its weight.</summary>
    public List<(int End, double Weight)> WordsAt(ReadOnlySpan<char> block, int start)
    {
        var words = new List<(int End, double Weight)>();
        int node = UnitTrie.Root, user = WordTrie.Root;
        for (var at = start; at < block.Length; at++)
        {
            node = node < 0 ? node : _trie.Child(node, block[at]);
            user = user < 0 ? user : Users.Trie.Child(user, block[at]);
            if (node < 0 && user < 0)
            {
                break;
            }

            var added = user < 0 ? WordTrie.Unset : Users.Trie[user];
            var weight = !double.IsNaN(added) ? added : node < 0 ? NoWord : _weights[_trie.ValueAt(node)];
            if (weight != NoWord)
            {
                words.Add((at + 1, weight));
            }
        }

        return words;
    }
}
