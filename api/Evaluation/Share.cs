using System.Globalization;

namespace Surveillance.Api.Evaluation;

/// <summary>So many of so many, with Wilson's interval of 95 %.</summary>
internal readonly record struct Share(int Part, int Whole)
{
    private const double Z = 1.959963984540054;

    /// <summary>Null of nothing.</summary>
    public double? Value => Whole == 0 ? null : Round(Part / (double)Whole);

    /// <summary>0 and 1 where nothing was measured.</summary>
    public double Low => Whole == 0 ? 0 : Round(Math.Max(0, Middle - Half));

    public double High => Whole == 0 ? 1 : Round(Math.Min(1, Middle + Half));

    private double Scale => 1 + (Z * Z / Whole);

    private double Middle => ((Part / (double)Whole) + (Z * Z / (2 * Whole))) / Scale;

    private double Half
    {
        get
        {
            var share = Part / (double)Whole;
            return Z / Scale * Math.Sqrt((share * (1 - share) / Whole) + (Z * Z / (4.0 * Whole * Whole)));
        }
    }

    /// <summary>F1 from precision and recall of the same listings, with its interval.</summary>
    /// <remarks>
    /// F1 = 2j / (1 + j), where j is the share of what is flagged rightly in all that is flagged or should be: a plain share, whose interval is carried over because F1
    /// rises with it.
    /// </remarks>
    public static (double? Value, double Low, double High) F1(Share precision, Share recall)
    {
        var joint = new Share(recall.Part, precision.Whole + recall.Whole - recall.Part);
        return (joint.Whole == 0 ? null : Round(Score(joint.Part / (double)joint.Whole)), Round(Score(joint.Low)), Round(Score(joint.High)));

        static double Score(double joint) => 2 * joint / (1 + joint);
    }

    public override string ToString() =>
        Whole == 0 ? "—" : string.Create(CultureInfo.InvariantCulture, $"{Value:0.000} [{Low:0.000}–{High:0.000}] {Part}/{Whole}");

    private static double Round(double value) => Math.Round(value, 4);
}
