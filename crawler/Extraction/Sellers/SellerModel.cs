using System.Globalization;

namespace Surveillance.Crawler.Extraction.Sellers;

/// <summary>Weighs whether a place in a list's cards names sellers.</summary>
/// <remarks>A logistic regression over <see cref="SellerPlace.Measures"/>, from <c>data/pages/sellers.tsv</c>, which <c>surveil sellers train</c> makes. Immutable, so thread safe.</remarks>
internal sealed class SellerModel
{
    /// <summary>A place names sellers where it is more likely than this. Chosen by leaving each author of examples out: see docs/crawling.md.</summary>
    public const double Likely = 0.25;

    private const string BiasName = "bias";

    private static readonly IReadOnlyList<string> Names = [.. SellerPlace.MeasureNames, BiasName];

    private static readonly Lazy<SellerModel> Embedded = new(ReadEmbedded);

    private readonly double[] _weights;

    /// <param name="weights">By measure, and last the bias.</param>
    public SellerModel(double[] weights) => _weights = weights;

    /// <summary>The one that the program was built with.</summary>
    public static SellerModel Default => Embedded.Value;

    public double Likelihood(SellerPlace place, int cards)
    {
        var measures = place.Measures(cards);
        var margin = _weights[^1];
        for (var i = 0; i < measures.Length; i++)
        {
            margin += _weights[i] * measures[i];
        }

        return 1 / (1 + Math.Exp(-margin));
    }

    /// <exception cref="FormatException">The text is no model of this version.</exception>
    public static SellerModel Read(TextReader reader)
    {
        var rows = new Dictionary<string, double>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            if (line.Split('\t') is not [var name, var cell] || !double.TryParse(cell, CultureInfo.InvariantCulture, out var weight) || !double.IsFinite(weight) || !Names.Contains(name) || !rows.TryAdd(name, weight))
            {
                throw new FormatException($"expected the name of a measure, once, and a finite number in every line of a model of sellers, found: {line}");
            }
        }

        return new SellerModel([.. Names.Select(name => rows.TryGetValue(name, out var weight) ? weight : throw new FormatException($"expected a line {name} in a model of sellers, found none"))]);
    }

    public void Write(TextWriter writer)
    {
        foreach (var (name, weight) in Names.Zip(_weights))
        {
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name}\t{weight:0.####}\n"));
        }
    }

    private static SellerModel ReadEmbedded()
    {
        using var stream = typeof(SellerModel).Assembly.GetManifestResourceStream("sellers.tsv")
            ?? throw new InvalidOperationException("The assembly was built without sellers.tsv.");
        using var reader = new StreamReader(stream);
        return Read(reader);
    }
}
