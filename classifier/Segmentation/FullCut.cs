using System.Text;

namespace Surveillance.Classifier.Segmentation;

/// <summary>Jieba's full mode: every word of the dictionary, overlapping.</summary>
internal static class FullCut
{
    public static List<string> Cut(WordGraph graph, string text)
    {
        var words = new List<string>();
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = TextBlocks.EndOf(text, start);
            if (TextBlocks.IsInBlock(text[start]))
            {
                AddBlock(graph, text.AsSpan(start, end - start), words);
            }
            else
            {
                AddBetween(text.AsSpan(start, end - start), words);
            }
        }

        return words;
    }

    private static void AddBlock(WordGraph graph, ReadOnlySpan<char> block, List<string> words)
    {
        var latin = new StringBuilder();
        var last = -1;
        for (var at = 0; at < block.Length; at++)
        {
            if (latin.Length > 0 && !char.IsAsciiLetterOrDigit(block[at]))
            {
                Flush(latin, words);
            }

            var ends = graph.WordsAt(block, at);
            if (ends.Count > 1 || at <= last)
            {
                foreach (var (end, _) in ends.Where(word => word.End > at + 1))
                {
                    words.Add(block[at..end].ToString());
                    last = end - 1;
                }

                continue;
            }

            last = ends.Count == 0 ? at : ends[0].End - 1;
            var only = block[at..(last + 1)];
            if (char.IsAsciiLetterOrDigit(only[0]))
            {
                latin.Append(only);
            }
            else
            {
                words.Add(only.ToString());
            }
        }

        Flush(latin, words);
    }

    /// <summary>White space stands alone, what lies between stays whole, and so does the nothing between two white spaces.</summary>
    private static void AddBetween(ReadOnlySpan<char> text, List<string> words)
    {
        var start = 0;
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = 1;
            if (TextBlocks.IsSpace(text[at]))
            {
                length = TextBlocks.LengthOfOther(text, at);
                words.Add(text[start..at].ToString());
                words.Add(text.Slice(at, length).ToString());
                start = at + length;
            }
        }

        words.Add(text[start..].ToString());
    }

    private static void Flush(StringBuilder latin, List<string> words)
    {
        if (latin.Length > 0)
        {
            words.Add(latin.ToString());
            latin.Clear();
        }
    }
}
