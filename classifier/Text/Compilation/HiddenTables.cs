using System.Globalization;

namespace Surveillance.Classifier.Text.Compilation;

/// <summary>Compiles the hidden Markov model for unknown words.</summary>
internal static class HiddenTables
{
    private const string Name = "nodejieba/submodules/cppjieba/dict/hmm_model.utf8";

    /// <summary>Jieba's logarithm of nought.</summary>
    private const double Never = -3.14e100;

    // The file orders states B, E, M, S; the tables B, M, E, S, in which ties go to the later letter of the alphabet where jieba's do.
    private static readonly int[] FromFile = [0, 2, 1, 3];

    public static void Read(string nodeModules, byte[][] sections)
    {
        string[] lines = [.. TextCompiler.Lines(nodeModules, Name).Select(line => line.Line)];
        if (lines.Length != 9)
        {
            throw new InvalidDataException($"expected 9 lines besides comments in {Name}, found {lines.Length}");
        }

        var transitions = new double[20];
        for (var state = 0; state < 4; state++)
        {
            transitions[FromFile[state]] = Numbers(lines[0])[state];
            for (var next = 0; next < 4; next++)
            {
                transitions[4 + (4 * FromFile[state]) + FromFile[next]] = Numbers(lines[1 + state])[next];
            }
        }

        sections[(int)TextSection.HiddenTransitions] = TextCompiler.Bytes<double>(transitions);
        ReadEmissions(lines[5..], sections);
    }

    private static void ReadEmissions(string[] lines, byte[][] sections)
    {
        var rows = new ushort[char.MaxValue + 1];
        var emissions = new List<double> { Never, Never, Never, Never };
        foreach (var (state, line) in lines.Index())
        {
            foreach (var entry in line.Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                if (entry.Length < 3 || entry[1] != ':')
                {
                    throw new InvalidDataException($"expected a character, a colon and a number in {Name}, found {entry}");
                }

                ref var row = ref rows[entry[0]];
                if (row == 0)
                {
                    row = checked((ushort)(emissions.Count / 4));
                    emissions.AddRange([Never, Never, Never, Never]);
                }

                emissions[(4 * row) + FromFile[state]] = double.Parse(entry.AsSpan(2), CultureInfo.InvariantCulture);
            }
        }

        sections[(int)TextSection.HiddenRows] = TextCompiler.Bytes<ushort>(rows);
        sections[(int)TextSection.HiddenEmissions] = TextCompiler.Bytes<double>([.. emissions]);
    }

    private static double[] Numbers(string line) =>
        [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
