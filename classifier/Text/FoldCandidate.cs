namespace Surveillance.Classifier.Text;

/// <summary>A passage that can be read as a disguised term, before it is weighed against its surroundings.</summary>
/// <param name="Reading">How it is read.</param>
/// <param name="Kind">The last kind of fold that was needed.</param>
/// <param name="Cells">One for each character of the entry's spelling.</param>
internal sealed record FoldCandidate(FoldReading Reading, FoldKind Kind, Cell[] Cells)
{
    /// <summary>The term.</summary>
    public LexiconEntry Entry => Reading.Entry;

    public int Start => Cells[0].Start;

    public int End => Cells[^1].End;

    /// <summary>Something stands between its characters.</summary>
    public bool HasGaps => Cells.Zip(Cells.Skip(1)).Any(pair => pair.Second.Start > pair.First.End);

    /// <summary>Two characters that only sound or look like a term say too little by themselves.</summary>
    public bool IsDoubtful => Entry.Near || (Cells.Length == 2 && Reading.Sounds + Reading.Shapes > 0);
}
