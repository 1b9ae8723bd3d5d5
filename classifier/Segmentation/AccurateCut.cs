using System.Buffers;

namespace Surveillance.Classifier.Segmentation;

/// <summary>One accurate cut: the most probable way through each block, and unknown words. Stays on one thread.</summary>
internal ref struct AccurateCut(WordGraph graph, HiddenMarkov hidden, bool hmm, List<WordSpan> words)
{
    private double[] _routes = [];
    private int[] _ends = [];

    public void Add(ReadOnlySpan<char> text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = TextBlocks.EndOf(text, start);
            if (TextBlocks.IsInBlock(text[start]))
            {
                AddBlock(text[start..end], start);
            }
            else
            {
                for (int at = start, length; at < end; at += length)
                {
                    length = TextBlocks.LengthOfOther(text[..end], at);
                    words.Add(new WordSpan(at, length));
                }
            }

            start = end;
        }
    }

    public readonly void Dispose()
    {
        if (_routes.Length > 0)
        {
            ArrayPool<double>.Shared.Return(_routes);
            ArrayPool<int>.Shared.Return(_ends);
        }
    }

    private void AddBlock(ReadOnlySpan<char> block, int offset)
    {
        Reserve(block.Length + 1);
        _routes[block.Length] = 0;
        var withUsers = graph.Users.Any;
        for (var at = block.Length - 1; at >= 0; at--)
        {
            _ends[at] = withUsers ? graph.BestWithUsers(block, at, _routes) : graph.Best(block, at, _routes);
        }

        if (hmm)
        {
            AddWithUnknown(block, offset);
        }
        else
        {
            AddKnown(block, offset);
        }
    }

    /// <summary>Single Latin letters and digits in a row are one word.</summary>
    private readonly void AddKnown(ReadOnlySpan<char> block, int offset)
    {
        for (int at = 0, end; at < block.Length; at = end)
        {
            end = _ends[at];
            if (IsSingleLatin(block, at))
            {
                while (end < block.Length && IsSingleLatin(block, end))
                {
                    end++;
                }
            }

            words.Add(new WordSpan(offset + at, end - at));
        }
    }

    private readonly bool IsSingleLatin(ReadOnlySpan<char> block, int at) => _ends[at] == at + 1 && char.IsAsciiLetterOrDigit(block[at]);

    private readonly void AddWithUnknown(ReadOnlySpan<char> block, int offset)
    {
        var singles = 0;
        for (int at = 0, end; at < block.Length; at = end)
        {
            end = _ends[at];
            if (end - at == 1)
            {
                singles++;
                continue;
            }

            AddSingles(block, at - singles, at, offset);
            singles = 0;
            words.Add(new WordSpan(offset + at, end - at));
        }

        AddSingles(block, block.Length - singles, block.Length, offset);
    }

    /// <summary>A row of single units: an unknown word or several, unless the row is itself in the dictionary.</summary>
    private readonly void AddSingles(ReadOnlySpan<char> block, int start, int end, int offset)
    {
        if (end - start >= 2 && graph.LogFrequency(block[start..end]) == WordGraph.NoWord)
        {
            AddUnknown(block, start, end, offset);
            return;
        }

        for (var at = start; at < end; at++)
        {
            words.Add(new WordSpan(offset + at, 1));
        }
    }

    private readonly void AddUnknown(ReadOnlySpan<char> block, int start, int end, int offset)
    {
        for (int at = start, stop; at < end; at = stop)
        {
            if (!TextBlocks.IsHan(block[at]))
            {
                stop = EndOfLatin(block[..end], at);
                words.Add(new WordSpan(offset + at, stop - at));
                continue;
            }

            stop = at + 1;
            while (stop < end && TextBlocks.IsHan(block[stop]))
            {
                stop++;
            }

            AddHidden(block[at..stop], offset + at);
        }
    }

    private readonly void AddHidden(ReadOnlySpan<char> run, int offset)
    {
        var from = words.Count;
        hidden.Cut(run, offset, words);
        if (graph.Users.Split.Count == 0)
        {
            return;
        }

        for (var word = words.Count - 1; word >= from; word--)
        {
            var (start, length) = words[word];
            if (length > 1 && graph.Users.Split.Contains(run.Slice(start - offset, length).ToString()))
            {
                words.RemoveAt(word);
                words.InsertRange(word, Enumerable.Range(start, length).Select(at => new WordSpan(at, 1)));
            }
        }
    }

    /// <summary>Jieba's <c>[a-zA-Z0-9]+(?:\.\d+)?%?</c>, or all up to the next such.</summary>
    private static int EndOfLatin(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        if (!char.IsAsciiLetterOrDigit(text[at]))
        {
            while (at < text.Length && !char.IsAsciiLetterOrDigit(text[at]) && !TextBlocks.IsHan(text[at]))
            {
                at++;
            }

            return at;
        }

        while (at < text.Length && char.IsAsciiLetterOrDigit(text[at]))
        {
            at++;
        }

        if (at + 1 < text.Length && text[at] == '.' && char.IsAsciiDigit(text[at + 1]))
        {
            at++;
            while (at < text.Length && char.IsAsciiDigit(text[at]))
            {
                at++;
            }
        }

        return at < text.Length && text[at] == '%' ? at + 1 : at;
    }

    private void Reserve(int length)
    {
        if (_routes.Length >= length)
        {
            return;
        }

        Dispose();
        _routes = ArrayPool<double>.Shared.Rent(length);
        _ends = ArrayPool<int>.Shared.Rent(_routes.Length);
    }
}
