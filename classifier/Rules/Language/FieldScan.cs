using System.Buffers;
using System.Runtime.InteropServices;
using Surveillance.Classifier.Laws;
using Surveillance.Classifier.Matching;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Rules.Language;

/// <summary>What one pass over a field's normalised text found, by symbol. Reused from listing to listing; not thread safe.</summary>
internal sealed class FieldScan(string name, int symbolCount)
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create("。!?;\n\r");
    private static readonly SearchValues<char> NumeralUnits = SearchValues.Create("0123456789〇零一二两三四五六七八九十百");
    private static readonly SearchValues<char> DigitUnits = SearchValues.Create("0123456789.");
    private static readonly SearchValues<char> ChineseUnits = SearchValues.Create("〇零一二两三四五六七八九十百");

    private readonly List<TermMatch> _matches = [];
    private readonly SymbolHits _hits = new(symbolCount);
    private readonly List<NumberHit> _numbers = [];
    private bool _numbersRead;

    /// <summary><c>title</c>, <c>text</c>, <c>seller</c> or <c>publisher</c>.</summary>
    public string Name { get; } = name;

    public Fields Field { get; } = name switch { "title" => Fields.Title, "text" => Fields.Text, "seller" => Fields.Seller, _ => Fields.Publisher };

    /// <summary>Whether it says who, not what.</summary>
    public bool IsName => Field is Fields.Seller or Fields.Publisher;

    public NormalizedText Normalized { get; private set; } = new("", "", [0], []);

    public string Text => Normalized.Text;

    /// <summary>Symbols that occur, each once.</summary>
    public ReadOnlySpan<int> Touched => _hits.Touched;

    public void Read(NormalizedText normalized, Vocabulary vocabulary)
    {
        Normalized = normalized;
        _matches.Clear();
        _numbersRead = false;
        vocabulary.Find(normalized.Text, _matches);
        _hits.Read(CollectionsMarshal.AsSpan(_matches), vocabulary);
    }

    public bool Has(int symbol) => _hits.Has(symbol);

    /// <summary>By start.</summary>
    public ReadOnlySpan<Passage> Hits(int symbol) => _hits[symbol];

    /// <summary>All numbers of the text, by start.</summary>
    public ReadOnlySpan<NumberHit> Numbers()
    {
        if (!_numbersRead)
        {
            ReadNumbers();
        }

        return CollectionsMarshal.AsSpan(_numbers);
    }

    /// <summary>Whether no sentence ends between two places.</summary>
    public bool SameSentence(int from, int to) => to <= from || !Text.AsSpan(from, to - from).ContainsAny(SentenceEnds);

    /// <summary>The sentence around a passage, at most <paramref name="limit"/> units to either side.</summary>
    public Passage Sentence(Passage passage, int limit)
    {
        var from = Math.Max(0, passage.Start - limit);
        var before = Text.AsSpan(from, passage.Start - from).LastIndexOfAny(SentenceEnds);
        var rest = Text.AsSpan(passage.End, Math.Min(limit, Text.Length - passage.End));
        var after = rest.IndexOfAny(SentenceEnds);
        // The mark that ends it belongs to it: a question mark says that it is one.
        return new Passage(from + before + 1, passage.End + (after < 0 ? rest.Length : after + 1));
    }

    private void ReadNumbers()
    {
        _numbers.Clear();
        _numbersRead = true;
        var text = Text.AsSpan();
        for (var at = 0; at < text.Length;)
        {
            var next = text[at..].IndexOfAny(NumeralUnits);
            if (next < 0)
            {
                return;
            }

            var start = at + next;
            var run = text[start..];
            var length = run.IndexOfAnyExcept(char.IsAsciiDigit(run[0]) ? DigitUnits : ChineseUnits);
            at = length < 0 ? text.Length : start + length;
            // 百 in 百分之四十 is no hundred.
            if (!text[at..].StartsWith("分之") && Value(text[start..at]) is int value)
            {
                _numbers.Add(new NumberHit(start, at, value));
            }
        }
    }

    private static int? Value(ReadOnlySpan<char> run)
    {
        if (!char.IsAsciiDigit(run[0]))
        {
            return ChineseNumeral.Read(run);
        }

        var point = run.IndexOf('.');
        return int.TryParse(point < 0 ? run : run[..point], out var value) ? value : null;
    }
}
