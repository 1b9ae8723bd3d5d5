using Surveillance.Classifier.Model.Training;

namespace Surveillance.Crawler.Extraction.Outcomes.Learned;

/// <summary>Makes the model by which pages without a matter are told apart.</summary>
/// <remarks>The same examples in the same order make the same bytes on the same machine.</remarks>
/// <param name="groups">By name; examples of one group are written by one hand, and validation leaves a whole group out.</param>
public sealed class OutcomeTrainer(IReadOnlyList<(string Name, IReadOnlyList<OutcomeExample> Examples)> groups)
{
    /// <summary>A trace of one page says nothing that would hold elsewhere.</summary>
    private const int FewestPages = 2;
    private const int MostTraces = 18_000;
    private const double Strength = 0.01;

    private readonly IReadOnlyList<(string Name, Row[] Rows)> _rows = [.. groups.Select(group => (group.Name, group.Examples.SelectMany(RowsOf).ToArray()))];

    /// <summary>Trains on all examples.</summary>
    public void Train(TextWriter model) => Write(model, [.. _rows.SelectMany(group => group.Rows)]);

    /// <summary>By group: how its pages are told after training on all others.</summary>
    public IEnumerable<(string Name, IReadOnlyList<OutcomeTally> Tallies)> Validate()
    {
        foreach (var (name, examples) in groups)
        {
            using var written = new StringWriter();
            Write(written, [.. _rows.Where(group => group.Name != name).SelectMany(group => group.Rows)]);
            using var model = new StringReader(written.ToString());
            yield return (name, OutcomeTally.Of(PageReader.CreateDefault().With(EndingModel.Read(model)), examples, withStatus: false));
        }
    }

    private static void Write(TextWriter model, Row[] rows)
    {
        string[] traces =
        [
            .. rows.SelectMany(row => row.Traces.Select(trace => (trace, row.Page))).Distinct().CountBy(of => of.trace)
                .Where(count => count.Value >= FewestPages).Select(count => count.Key).Order(StringComparer.Ordinal),
        ];
        var columns = traces.Index().ToDictionary(trace => trace.Item, trace => trace.Index, StringComparer.Ordinal);
        var isOf = Enum.GetValues<Ending>().Select(ending => rows.Select(row => row.Ending == ending).ToArray()).ToArray();
        var weights = ClassTrainer.Fit([.. rows.Select(row => Values(row, columns))], traces.Length, isOf, [.. rows.Select(_ => 1.0)], Strength);
        EndingModel.Write(model, weights, traces, MostTraces);
    }

    private static (int Column, float Value)[] Values(Row row, Dictionary<string, int> columns)
    {
        var value = EndingModel.WordValue(row.Traces.Count(trace => !EndingModel.IsOfShape(trace)));
        return
        [
            .. row.Traces.Where(columns.ContainsKey).Select(trace => (columns[trace], (float)(EndingModel.IsOfShape(trace) ? EndingModel.ShapeValue : value))).OrderBy(cell => cell.Item1),
        ];
    }

    /// <summary>A page under its status, and again as a file whose status nobody knows.</summary>
    private static IEnumerable<Row> RowsOf(OutcomeExample example) =>
        !Enum.TryParse<Ending>(example.Expected, ignoreCase: true, out var ending) ? []
        : new[] { 200, example.Status }.Distinct().Select(status => new Row(ending, example.Html, PageReader.CreateDefault().TracesOf(example.Bytes, example.Url, status)));

    private sealed record Row(Ending Ending, string Page, IReadOnlySet<string> Traces);
}
