using NetVips;

namespace Surveillance.DemoMarket.Items;

/// <summary>Pictures of bars and discs: each number another one, the same on every run.</summary>
internal static class Poster
{
    public const int Width = 600;
    public const int Height = 450;

    public static Image Draw(int number)
    {
        var random = new Random(number);
        using var blank = Blank(random.Next(150, 256));
        return blank.Mutate(canvas =>
        {
            for (var shape = 0; shape < 14; shape++)
            {
                var ink = new double[] { random.Next(256), random.Next(256), random.Next(256) };
                if (shape % 3 == 0)
                {
                    canvas.DrawCircle(ink, random.Next(Width), random.Next(Height), random.Next(20, 110), fill: true);
                }
                else
                {
                    canvas.DrawRect(ink, random.Next(Width - 60), random.Next(Height - 40), random.Next(40, 260), random.Next(10, 120), fill: true);
                }
            }
        });
    }

    public static Image Blank(int gray) => (Image.Black(Width, Height, bands: 3) + gray).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb).CopyMemory();
}
