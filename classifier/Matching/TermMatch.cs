using System.Runtime.InteropServices;

namespace Surveillance.Classifier.Matching;

/// <summary>One occurrence of a term.</summary>
/// <param name="Term">Its place in the list the matcher was made from.</param>
/// <param name="Start">First UTF-16 unit in the searched text.</param>
/// <param name="End">After the last one (half open).</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct TermMatch(int Term, int Start, int End) : IComparable<TermMatch>
{
    /// <summary>By start, then by term's place.</summary>
    public int CompareTo(TermMatch other) => Start == other.Start ? Term.CompareTo(other.Term) : Start.CompareTo(other.Start);

    public static bool operator <(TermMatch left, TermMatch right) => left.CompareTo(right) < 0;

    public static bool operator >(TermMatch left, TermMatch right) => left.CompareTo(right) > 0;

    public static bool operator <=(TermMatch left, TermMatch right) => left.CompareTo(right) <= 0;

    public static bool operator >=(TermMatch left, TermMatch right) => left.CompareTo(right) >= 0;
}
