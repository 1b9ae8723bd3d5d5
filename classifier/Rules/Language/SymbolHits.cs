using Surveillance.Classifier.Matching;

namespace Surveillance.Classifier.Rules.Language;

/// <summary>Where each symbol occurs in a text. Reused from text to text; not thread safe.</summary>
/// <remarks>One buffer for all symbols: a listing has a thousand hits of hundreds of symbols, too scattered for a list each.</remarks>
internal sealed class SymbolHits(int symbolCount)
{
    private readonly int[] _counts = new int[symbolCount];

    /// <summary>By symbol that occurs: where its passages end in the buffer.</summary>
    private readonly int[] _ends = new int[symbolCount];

    private readonly int[] _touched = new int[symbolCount];
    private Passage[] _passages = new Passage[1024];
    private int _touchedCount;

    /// <summary>Symbols that occur, each once.</summary>
    public ReadOnlySpan<int> Touched => _touched.AsSpan(0, _touchedCount);

    public bool Has(int symbol) => _counts[symbol] > 0;

    /// <summary>In the order of the matches.</summary>
    public ReadOnlySpan<Passage> this[int symbol] => _passages.AsSpan(_ends[symbol] - _counts[symbol], _counts[symbol]);

    public void Read(ReadOnlySpan<TermMatch> matches, Vocabulary vocabulary)
    {
        foreach (var symbol in Touched)
        {
            (_counts[symbol], _ends[symbol]) = (0, 0);
        }

        Count(matches, vocabulary);
        foreach (var match in matches)
        {
            var passage = new Passage(match.Start, match.End);
            foreach (var symbol in vocabulary.SymbolsOf(match.Term))
            {
                _passages[_ends[symbol]++] = passage;
            }
        }
    }

    /// <summary>Makes room for the passages of each symbol behind those of the one before.</summary>
    private void Count(ReadOnlySpan<TermMatch> matches, Vocabulary vocabulary)
    {
        _touchedCount = 0;
        foreach (var match in matches)
        {
            foreach (var symbol in vocabulary.SymbolsOf(match.Term))
            {
                if (_counts[symbol]++ == 0)
                {
                    _touched[_touchedCount++] = symbol;
                }
            }
        }

        var place = 0;
        foreach (var symbol in Touched)
        {
            _ends[symbol] = place;
            place += _counts[symbol];
        }

        if (_passages.Length < place)
        {
            _passages = new Passage[Math.Max(place, 2 * _passages.Length)];
        }
    }
}
