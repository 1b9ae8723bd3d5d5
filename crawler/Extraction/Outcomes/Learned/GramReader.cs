using System.Text;

namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>Cuts texts into n-grams of one to four units: a Chinese character, or a whole word or number of other scripts.</summary>
/// <param name="traces">To which they are added, each behind the letter of the place where it stands, and once more without.</param>
internal sealed class GramReader(HashSet<string> traces)
{
    private const int LongestGram = 4;
    private const int LongestWord = 24;

    /// <summary>So many units of one place are read: what stands in the way says it at once.</summary>
    private const int MostUnits = 600;

    private readonly List<string> _units = [];
    private readonly Dictionary<char, int> _read = [];
    private readonly StringBuilder _gram = new();

    /// <param name="place">A letter for where the text stands.</param>
    /// <param name="isShared">Whether it counts too as said anywhere.</param>
    public void Read(char place, ReadOnlySpan<char> text, bool isShared = true)
    {
        var left = MostUnits - _read.GetValueOrDefault(place);
        var start = 0;
        for (var at = 0; at <= text.Length && left > 0; at++)
        {
            if (at == text.Length || !(char.IsLetterOrDigit(text[at]) || text[at] is '?' or '？'))
            {
                left -= ReadRun(place, text[start..at], left, isShared);
                start = at + 1;
            }
        }

        _read[place] = MostUnits - left;
    }

    private int ReadRun(char place, ReadOnlySpan<char> run, int most, bool isShared)
    {
        Cut(run, most);
        for (var first = 0; first < _units.Count; first++)
        {
            _gram.Clear();
            for (var last = first; last < Math.Min(_units.Count, first + LongestGram); last++)
            {
                _gram.Append(_units[last]);
                traces.Add($"{place}:{_gram}");
                if (isShared)
                {
                    traces.Add($"*:{_gram}");
                }
            }
        }

        return _units.Count;
    }

    private void Cut(ReadOnlySpan<char> run, int most)
    {
        _units.Clear();
        for (var at = 0; at < run.Length && _units.Count < most;)
        {
            var length = 1;
            while (IsOfWord(run[at]) && at + length < run.Length && length < LongestWord && IsOfWord(run[at + length]) && char.IsDigit(run[at]) == char.IsDigit(run[at + length]))
            {
                length++;
            }

            _units.Add(Unit(run.Slice(at, length)));
            at += length;
        }
    }

    private static bool IsOfWord(char c) => c < '\u2E80' && char.IsLetterOrDigit(c);

    /// <summary>What a number counts says nothing; that it has three digits may.</summary>
    private static string Unit(ReadOnlySpan<char> unit) =>
        char.IsDigit(unit[0]) ? unit is "403" or "404" or "0" ? unit.ToString() : unit.Length > 3 ? "0000" : "00"
        : unit.ToString().ToLowerInvariant();
}
