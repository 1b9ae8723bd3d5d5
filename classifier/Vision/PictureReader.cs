using NetVips;
using Surveillance.Classifier.Likeness;

namespace Surveillance.Classifier.Vision;

/// <summary>Decodes pictures that strangers made, and takes their prints.</summary>
/// <remarks>
/// Thread safe. JPEG, PNG, WebP and GIF (its first frame) only, told by their first bytes; libvips' other decoders are blocked for the whole process.
/// What a picture claims to measure is checked before any of it is decoded. docs/adr/0013-pictures.md.
/// </remarks>
public static class PictureReader
{
    /// <summary>Larger files are not read.</summary>
    public const int MostBytes = 20 * 1024 * 1024;

    /// <summary>Pictures of more pixels are not decoded: 40 million, a good camera's.</summary>
    public const long MostPixels = 40_000_000;

    /// <summary>Smaller ones are icons.</summary>
    public const int LeastSide = 64;

    /// <summary>Decoding that takes longer is given up between two strips of the picture.</summary>
    public static readonly TimeSpan MostTime = TimeSpan.FromSeconds(10);

    /// <summary>So many tell what kind a picture is.</summary>
    public const int FirstBytes = 16;

    private const int DecodedSide = 256;

    /// <summary>As an option of the decoder: libvips 8.18 passes the thumbnailer's own option of that name on to none.</summary>
    private const string FailWhereCut = "[fail-on=truncated]";

    /// <summary>Damage is told by the reading, not by lines on standard error, of which one picture can cause hundreds.</summary>
    private static readonly Log.LogDelegate Silence = (_, _, _) => { };

    private static readonly Lazy<bool> Limited = new(Limit);

    /// <exception cref="DllNotFoundException">libvips is not installed for this platform.</exception>
    public static PictureReading Read(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > MostBytes)
        {
            return new PictureReading.Unreadable("图片文件过大");
        }

        if (ContentTypeOf(bytes.Span) is null)
        {
            return new PictureReading.Unreadable("不是可识别的图片");
        }

        _ = Limited.Value;
        try
        {
            return Decode(bytes.ToArray());
        }
        catch (VipsException)
        {
            return new PictureReading.Unreadable("图片损坏或无法解码");
        }
    }

    /// <summary>Which of the four kinds the first <see cref="FirstBytes"/> say; null for anything else.</summary>
    public static string? ContentTypeOf(ReadOnlySpan<byte> bytes) =>
        bytes is [0xFF, 0xD8, 0xFF, ..] ? "image/jpeg"
        : bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] ? "image/png"
        : bytes.StartsWith("GIF8"u8) ? "image/gif"
        : bytes.Length > 12 && bytes.StartsWith("RIFF"u8) && bytes[8..12].SequenceEqual("WEBP"u8) ? "image/webp"
        : null;

    private static PictureReading Decode(byte[] bytes)
    {
        using (var header = Image.NewFromBuffer(bytes, access: Enums.Access.Sequential))
        {
            if ((long)header.Width * header.Height > MostPixels)
            {
                return new PictureReading.Unreadable("图片尺寸过大");
            }

            if (header.Width < LeastSide || header.Height < LeastSide)
            {
                return new PictureReading.Plain();
            }
        }

        return PicturePrinter.Read(Views(bytes)) is { } print ? new PictureReading.Printed(print) : new PictureReading.Plain();
    }

    private static List<byte[]> Views(byte[] bytes)
    {
        using var timeout = new CancellationTokenSource(MostTime);
        using var thumbnail = Image.ThumbnailBuffer(bytes, DecodedSide, FailWhereCut, DecodedSide, Enums.Size.Force);
        using var flat = thumbnail.HasAlpha() ? thumbnail.Flatten(background: [255]) : thumbnail.Copy();
        using var gray = flat.Colourspace(Enums.Interpretation.Bw);
        using var levels = gray.Cast(Enums.BandFormat.Uchar);
        levels.SetProgress(null, timeout.Token);
        using var decoded = levels.CopyMemory();
        return [.. PicturePrint.Margins.Select(margin => View(decoded, (int)Math.Round(DecodedSide * margin)))];
    }

    private static byte[] View(Image decoded, int margin)
    {
        var side = DecodedSide - (2 * margin);
        using var cut = decoded.ExtractArea(margin, margin, side, side);
        using var small = cut.Resize((double)PicturePrinter.ViewSide / side, kernel: Enums.Kernel.Linear);
        using var sized = small.Gravity(Enums.CompassDirection.Centre, PicturePrinter.ViewSide, PicturePrinter.ViewSide, extend: Enums.Extend.Copy);
        return sized.WriteToMemory<byte>();
    }

    private static bool Limit()
    {
        Operation.Block("VipsForeignLoad", true);
        foreach (var decoder in (string[])["VipsForeignLoadJpeg", "VipsForeignLoadPng", "VipsForeignLoadWebp", "VipsForeignLoadNsgif"])
        {
            Operation.Block(decoder, false);
        }

        Log.SetLogHandler("VIPS", Enums.LogLevelFlags.Warning, Silence);

        // Every picture is read once: nothing is worth keeping. Several pictures are read beside each other already.
        Cache.Max = 0;
        NetVips.NetVips.Concurrency = 1;
        return true;
    }
}
