using NetVips;
using Surveillance.Classifier.Likeness;
using Surveillance.Classifier.Vision;
using Posters = Surveillance.DemoMarket.Items.Poster;

namespace Surveillance.Tests.Pictures;

/// <summary>Pictures drawn for tests: the demo market's posters, and copies of them as people pass them on.</summary>
internal static class Drawn
{
    public const int Width = Posters.Width;
    public const int Height = Posters.Height;

    public static byte[] Poster(int number) => Png(PosterImage(number));

    public static PicturePrint Print(byte[] bytes) => Assert.IsType<PictureReading.Printed>(PictureReader.Read(bytes)).Print;

    public static Image PosterImage(int number) => Posters.Draw(number);

    public static Image Blank(int gray) => Posters.Blank(gray);

    public static byte[] Png(Image image) => image.PngsaveBuffer();

    /// <summary>The picture as somebody passes it on.</summary>
    public static byte[] Copy(Image image, string how) => how switch
    {
        "scaled to a half" => Png(image.Resize(0.5)),
        "scaled to a third" => image.Resize(0.33).JpegsaveBuffer(q: 75),
        "stretched" => Png(image.Resize(1, vscale: 0.8)),
        "JPEG of poor quality" => image.JpegsaveBuffer(q: 30),
        "WebP" => image.WebpsaveBuffer(q: 50),
        "GIF" => image.GifsaveBuffer(),
        "brighter" => Png((image * 1.1 + 8).Cast(Enums.BandFormat.Uchar)),
        "grey" => Png(image.Colourspace(Enums.Interpretation.Bw)),
        "mirrored" => Png(image.FlipHor()),
        "cut by 2 %" => Png(Cut(image, 0.02)),
        "cut by 4 %" => Png(Cut(image, 0.04)),
        "cut by 6 % and mirrored" => Png(Cut(image, 0.06).FlipHor()),
        "cut, scaled, JPEG" => Cut(image.Resize(0.6), 0.02).JpegsaveBuffer(q: 50),
        "with a small mark" => Png(image.Mutate(canvas => canvas.DrawRect([255, 255, 255], Width - 130, Height - 26, 120, 16, fill: true))),
        _ => throw new ArgumentException($"no such copy: {how}", nameof(how)),
    };

    private static Image Cut(Image image, double share) => image.ExtractArea(
        (int)(image.Width * share), (int)(image.Height * share), (int)(image.Width * (1 - (2 * share))), (int)(image.Height * (1 - (2 * share))));
}
