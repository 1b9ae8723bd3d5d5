namespace Surveillance.Classifier.Likeness;

/// <summary>Makes prints of pictures that have been decoded to grey.</summary>
public static class PicturePrinter
{
    /// <summary>Rows and columns of each view of a picture, stretched to a square.</summary>
    public const int ViewSide = 64;

    /// <summary>A wave weaker than this many of 255 levels of grey is noise.</summary>
    private const double Weak = 0.5;

    /// <summary>A picture with fewer waves says too little: plain areas, gradients, an icon on white. Strangers' are the same.</summary>
    private const int LeastWaves = 48;

    private static readonly double[,] Cosines = MakeCosines();

    /// <param name="views">One for each of <see cref="PicturePrint.Margins"/>: levels of grey, 0 to 255, row by row.</param>
    /// <returns>Null where the picture says too little to be told from others.</returns>
    public static PicturePrint? Read(IReadOnlyList<byte[]> views)
    {
        var waves = views.Select(Transform).ToList();
        return waves[0].Skip(1).Count(wave => Math.Abs(wave) >= Weak) >= LeastWaves ? PicturePrint.Of(waves) : null;
    }

    /// <summary>The lowest frequencies of the discrete cosine transform (DCT-II), scaled to levels of grey.</summary>
    private static double[] Transform(byte[] view)
    {
        var rows = new double[ViewSide, PicturePrint.Side];
        for (var y = 0; y < ViewSide; y++)
        {
            for (var u = 0; u < PicturePrint.Side; u++)
            {
                for (var x = 0; x < ViewSide; x++)
                {
                    rows[y, u] += view[(y * ViewSide) + x] * Cosines[u, x];
                }
            }
        }

        var waves = new double[PicturePrint.Side * PicturePrint.Side];
        for (var v = 0; v < PicturePrint.Side; v++)
        {
            for (var u = 0; u < PicturePrint.Side; u++)
            {
                var sum = 0.0;
                for (var y = 0; y < ViewSide; y++)
                {
                    sum += rows[y, u] * Cosines[v, y];
                }

                waves[(v * PicturePrint.Side) + u] = sum * 4 / (ViewSide * ViewSide);
            }
        }

        return waves;
    }

    private static double[,] MakeCosines()
    {
        var cosines = new double[PicturePrint.Side, ViewSide];
        for (var wave = 0; wave < PicturePrint.Side; wave++)
        {
            for (var place = 0; place < ViewSide; place++)
            {
                cosines[wave, place] = Math.Cos(((2 * place) + 1) * wave * Math.PI / (2 * ViewSide));
            }
        }

        return cosines;
    }
}
