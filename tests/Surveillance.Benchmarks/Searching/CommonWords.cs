using System.Globalization;

namespace Surveillance.Benchmarks.Searching;

/// <summary>The dictionary's words, drawn as often as people use them (Walker's alias method).</summary>
internal sealed class CommonWords
{
    private readonly string[] _words;
    private readonly double[] _keep;
    private readonly int[] _instead;

    private CommonWords(string[] words, double[] frequencies)
    {
        _words = words;
        _keep = new double[words.Length];
        _instead = new int[words.Length];
        var mean = frequencies.Average();
        var (poor, rich) = (new Stack<int>(), new Stack<int>());
        for (var word = 0; word < words.Length; word++)
        {
            _keep[word] = frequencies[word] / mean;
            (_keep[word] < 1 ? poor : rich).Push(word);
        }

        while (poor.Count > 0 && rich.Count > 0)
        {
            var (less, more) = (poor.Pop(), rich.Pop());
            _instead[less] = more;
            _keep[more] -= 1 - _keep[less];
            (_keep[more] < 1 ? poor : rich).Push(more);
        }

        while (poor.TryPop(out var last) || rich.TryPop(out last))
        {
            _keep[last] = 1;
        }
    }

    /// <param name="dictionary">A word, its frequency and its tag a line.</param>
    public static CommonWords Read(string dictionary)
    {
        var lines = File.ReadLines(dictionary).Select(line => line.Split(' ')).Where(fields => fields.Length > 1).ToList();
        return new CommonWords([.. lines.Select(fields => fields[0])], [.. lines.Select(fields => double.Parse(fields[1], CultureInfo.InvariantCulture))]);
    }

    public string Next(ref Draw draw)
    {
        var word = draw.Below(_words.Length);
        return _words[draw.Share() < _keep[word] ? word : _instead[word]];
    }
}
