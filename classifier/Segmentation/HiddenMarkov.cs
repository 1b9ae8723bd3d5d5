using System.Buffers;
using Surveillance.Classifier.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>Joins single characters into unknown words: Viterbi over the states begin, middle, end and single. Thread safe.</summary>
/// <remarks>Sums are taken in jieba's order and ties fall as there (the later letter of B, E, M, S), so that even improbable texts come out alike.</remarks>
internal sealed unsafe class HiddenMarkov
{
    private const int Begin = 0;
    private const int Middle = 1;
    private const int Ending = 2;
    private const int Single = 3;

    private readonly ushort* _rows;
    private readonly double* _emissions;
    private readonly double[] _starts;
    private readonly double[] _transitions;

    public HiddenMarkov(TextResources resources)
    {
        _rows = resources.Pointer<ushort>(TextSection.HiddenRows);
        _emissions = resources.Pointer<double>(TextSection.HiddenEmissions);
        var transitions = resources.Table<double>(TextSection.HiddenTransitions);
        _starts = transitions[..4].ToArray();
        _transitions = transitions[4..].ToArray();
    }

    /// <summary>Appends the words of a run of Chinese characters.</summary>
    /// <param name="run">Not empty.</param>
    /// <param name="offset">Added to every place.</param>
    public void Cut(ReadOnlySpan<char> run, int offset, List<WordSpan> words)
    {
        var back = ArrayPool<byte>.Shared.Rent(run.Length);
        var state = Decode(run, back);

        // From the end backwards, the state each character is in replaces where it was reached from.
        for (var at = run.Length - 1; at >= 0; at--)
        {
            var reached = (back[at] >> (2 * state)) & 3;
            back[at] = (byte)state;
            state = reached;
        }

        var (begin, next) = (0, 0);
        for (var at = 0; at < run.Length; at++)
        {
            switch (back[at])
            {
                case Begin:
                    begin = at;
                    break;
                case Ending:
                    words.Add(new WordSpan(offset + begin, at + 1 - begin));
                    next = at + 1;
                    break;
                case Single:
                    words.Add(new WordSpan(offset + at, 1));
                    next = at + 1;
                    break;
                default:
                    break;
            }
        }

        if (next < run.Length)
        {
            words.Add(new WordSpan(offset + next, run.Length - next));
        }

        ArrayPool<byte>.Shared.Return(back);
    }

    /// <param name="back">By character, two bits a state: from which state it was reached.</param>
    /// <returns>The last character's state.</returns>
    private int Decode(ReadOnlySpan<char> run, Span<byte> back)
    {
        var row = _emissions + (4 * _rows[run[0]]);
        double begin = _starts[Begin] + row[Begin], middle = _starts[Middle] + row[Middle];
        double ending = _starts[Ending] + row[Ending], single = _starts[Single] + row[Single];
        var trans = _transitions.AsSpan();
        for (var at = 1; at < run.Length; at++)
        {
            row = _emissions + (4 * _rows[run[at]]);
            var fromBegin = begin + trans[(4 * Begin) + Middle] + row[Middle];
            var fromMiddle = middle + trans[(4 * Middle) + Middle] + row[Middle];
            var toEndFromBegin = begin + trans[(4 * Begin) + Ending] + row[Ending];
            var toEndFromMiddle = middle + trans[(4 * Middle) + Ending] + row[Ending];
            var toBeginFromEnd = ending + trans[(4 * Ending) + Begin] + row[Begin];
            var toBeginFromSingle = single + trans[(4 * Single) + Begin] + row[Begin];
            var toSingleFromEnd = ending + trans[(4 * Ending) + Single] + row[Single];
            var toSingleFromSingle = single + trans[(4 * Single) + Single] + row[Single];
            back[at] = (byte)((toBeginFromSingle >= toBeginFromEnd ? Single : Ending)
                | ((fromMiddle >= fromBegin ? Middle : Begin) << (2 * Middle))
                | ((toEndFromMiddle >= toEndFromBegin ? Middle : Begin) << (2 * Ending))
                | ((toSingleFromSingle >= toSingleFromEnd ? Single : Ending) << (2 * Single)));
            begin = Math.Max(toBeginFromSingle, toBeginFromEnd);
            middle = Math.Max(fromMiddle, fromBegin);
            ending = Math.Max(toEndFromMiddle, toEndFromBegin);
            single = Math.Max(toSingleFromSingle, toSingleFromEnd);
        }

        return single >= ending ? Single : Ending;
    }
}
