using System.Globalization;

namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>Weighs the words and the shape of a page without a matter: how probable each <see cref="Ending"/> is.</summary>
/// <remarks>
/// One logistic regression an ending over <see cref="PageTraces"/>, from <c>data/pages/outcomes.tsv</c>, which <c>surveil outcomes train</c> makes. Immutable, so
/// thread safe; the same page gets the same answer every time.
/// </remarks>
internal sealed class EndingModel
{
    /// <summary>What a trace of the shape counts; one of the words counts by their number.</summary>
    public const double ShapeValue = 0.05;

    /// <summary>
    /// How probable it must be that a page is no answer. Chosen with <see cref="Alike"/> by leaving each of six authors out: of 437 pages that look like no answer and are one, four are taken for none,
    /// and 529 of 613 that are none are told. Without the second bound it would be six and 547; at 0.08 four and 538, but half as many more ordinary texts would be taken for none.
    /// </summary>
    private const double Sure = 0.475;

    /// <summary>How much it must be like one ending: what is like none, an answer included, is of a kind that was never seen, and is left as it is.</summary>
    private const double Alike = 0.12;

    private const int FewestWords = 60;
    private const int MostWords = 600;
    private const string BiasName = "bias";
    private const string StepName = "step";

    private static readonly Lazy<EndingModel> Embedded = new(ReadEmbedded);

    private readonly double[] _bias;
    private readonly double[] _steps;
    private readonly Dictionary<string, short[]> _weights;

    private EndingModel(double[] bias, double[] steps, Dictionary<string, short[]> weights) => (_bias, _steps, _weights) = (bias, steps, weights);

    /// <summary>The one that the program was built with.</summary>
    public static EndingModel Default => Embedded.Value;

    public static int Endings { get; } = Enum.GetValues<Ending>().Length;

    /// <summary>What each word counts on a page with so many.</summary>
    public static double WordValue(int words) => 1 / Math.Sqrt(Math.Clamp(words, FewestWords, MostWords));

    public static bool IsOfShape(string trace) => trace[0] == '#';

    public Ending Weigh(IReadOnlySet<string> traces)
    {
        var likenesses = Likenesses(traces);
        var best = MostProbable(likenesses);
        var isNone = 1 - (likenesses[(int)Ending.Ok] / likenesses.Sum());
        return isNone < Sure || likenesses[(int)best] < Alike ? Ending.Ok : best;
    }

    /// <returns>By ending: how probable it is beside all others, each weighed alone.</returns>
    public double[] Likenesses(IReadOnlySet<string> traces)
    {
        var value = WordValue(traces.Count(trace => !IsOfShape(trace)));
        var margins = _bias.AsSpan().ToArray();

        // In a fixed order: the sum of numbers hangs on it.
        foreach (var trace in traces.Where(_weights.ContainsKey).Order(StringComparer.Ordinal))
        {
            var weights = _weights[trace];
            for (var ending = 0; ending < margins.Length; ending++)
            {
                margins[ending] += weights[ending] * _steps[ending] * (IsOfShape(trace) ? ShapeValue : value);
            }
        }

        return [.. margins.Select(margin => 1 / (1 + Math.Exp(-margin)))];
    }

    /// <exception cref="FormatException">The text is no model of this version.</exception>
    public static EndingModel Read(TextReader reader)
    {
        var rows = new Dictionary<string, string[]>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split('\t');
            if (cells.Length != Endings + 1 || !rows.TryAdd(cells[0], cells[1..]))
            {
                throw new FormatException($"expected a trace of its own and {Endings} numbers in every line of a model of outcomes, found: {line}");
            }
        }

        double[] Numbers(string name) => rows.Remove(name, out var cells)
            ? [.. cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))]
            : throw new FormatException($"expected a line {name} in a model of outcomes, found none");
        var (bias, steps) = (Numbers(BiasName), Numbers(StepName));
        return new EndingModel(bias, steps, rows.ToDictionary(row => row.Key, row => row.Value.Select(cell => short.Parse(cell, CultureInfo.InvariantCulture)).ToArray(), StringComparer.Ordinal));
    }

    /// <param name="weights">By ending and trace, and last the bias.</param>
    /// <param name="traces">In ordinal order.</param>
    /// <param name="most">How many traces to keep: those that weigh most.</param>
    public static void Write(TextWriter writer, double[][] weights, IReadOnlyList<string> traces, int most)
    {
        const int Largest = 999;
        var steps = weights.Select(of => of[..^1].Max(Math.Abs) / Largest).ToArray();
        WriteRow(writer, BiasName, weights.Select(of => of[^1].ToString("R", CultureInfo.InvariantCulture)));
        WriteRow(writer, StepName, steps.Select(step => step.ToString("R", CultureInfo.InvariantCulture)));
        foreach (var column in Enumerable.Range(0, traces.Count).OrderByDescending(column => weights.Max(of => Math.Abs(of[column]))).ThenBy(column => column).Take(most).Order())
        {
            WriteRow(writer, traces[column], weights.Select((of, ending) => ((int)Math.Round(of[column] / steps[ending])).ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void WriteRow(TextWriter writer, string name, IEnumerable<string> cells) => writer.Write($"{name}\t{string.Join('\t', cells)}\n");

    private static Ending MostProbable(ReadOnlySpan<double> probabilities)
    {
        var best = Ending.Captcha;
        for (var ending = (int)best; ending < probabilities.Length; ending++)
        {
            best = probabilities[ending] > probabilities[(int)best] ? (Ending)ending : best;
        }

        return best;
    }

    private static EndingModel ReadEmbedded()
    {
        using var stream = typeof(EndingModel).Assembly.GetManifestResourceStream("outcomes.tsv")
            ?? throw new InvalidOperationException("The assembly was built without outcomes.tsv.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
