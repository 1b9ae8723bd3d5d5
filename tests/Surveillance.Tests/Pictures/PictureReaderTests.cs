using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using NetVips;
using Surveillance.Classifier.Likeness;
using Surveillance.Classifier.Vision;

namespace Surveillance.Tests.Pictures;

public sealed class PictureReaderTests
{
    private const int Posters = 40;

    [Theory]
    [InlineData("scaled to a half", 0.97)]
    [InlineData("scaled to a third", 0.95)]
    [InlineData("stretched", 0.97)]
    [InlineData("JPEG of poor quality", 0.97)]
    [InlineData("WebP", 0.97)]
    [InlineData("GIF", 0.95)]
    [InlineData("brighter", 0.9)]
    [InlineData("grey", 0.97)]
    [InlineData("mirrored", 0.97)]
    [InlineData("cut by 2 %", 0.9)]
    [InlineData("cut by 4 %", 0.9)]
    [InlineData("cut by 6 % and mirrored", 0.9)]
    [InlineData("cut, scaled, JPEG", 0.85)]
    [InlineData("with a small mark", 0.85)]
    public void A_copy_is_near_and_is_found(string how, double share)
    {
        var found = 0;
        for (var number = 0; number < Posters; number++)
        {
            var image = Drawn.PosterImage(number);
            var (original, copy) = (Drawn.Print(Drawn.Png(image)), Drawn.Print(Drawn.Copy(image, how)));
            Assert.Equal(original.DistanceTo(copy), copy.DistanceTo(original));
            if (original.DistanceTo(copy) <= PicturePrint.Near)
            {
                found++;
                Assert.True(original.Keys().Intersect(copy.Probes()).Any() && copy.Keys().Intersect(original.Probes()).Any(), $"poster {number} is near and would not be found");
            }
        }

        Assert.True(found >= share * Posters, $"{found} of {Posters}");
    }

    [Fact]
    public void Different_pictures_are_far()
    {
        var prints = Enumerable.Range(0, 120).Select(number => Drawn.Print(Drawn.Poster(number))).ToList();

        var least = prints.SelectMany((one, place) => prints.Skip(place + 1).Select(one.DistanceTo)).Min();

        Assert.True(least > 2 * PicturePrint.Near, $"{least} of 255 signs differ");
    }

    [Fact]
    public void A_print_survives_being_stored()
    {
        var print = Drawn.Print(Drawn.Poster(1));

        Assert.Equal((print.Digest, 0), (PicturePrint.FromBytes(print.ToBytes()).Digest, PicturePrint.FromBytes(print.ToBytes()).DistanceTo(print)));
        Assert.Throws<InvalidDataException>(() => PicturePrint.FromBytes([1, 2, 3]));
    }

    public static TheoryData<string, byte[]> PlainPictures => new()
    {
        { "one colour", Drawn.Png(Drawn.Blank(240)) },
        { "a gradient", Drawn.Png((Image.Xyz(400, 400)[0] * 0.6).Cast(Enums.BandFormat.Uchar)) },
        { "faint noise", (Image.Gaussnoise(400, 400, sigma: 2, mean: 250, seed: 1)).Cast(Enums.BandFormat.Uchar).JpegsaveBuffer() },
        { "an icon", Drawn.Png(Drawn.PosterImage(1).ThumbnailImage(48)) },
    };

    [Theory]
    [MemberData(nameof(PlainPictures))]
    public void A_picture_that_says_little_has_no_print(string what, byte[] bytes)
    {
        Assert.NotEmpty(what);
        Assert.IsType<PictureReading.Plain>(PictureReader.Read(bytes));
    }

    public static TheoryData<string, byte[], string> HostilePictures => new()
    {
        { "text", "<html>请登录</html>"u8.ToArray(), "不是可识别的图片" },
        { "nothing", [], "不是可识别的图片" },
        { "vector", Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"), "不是可识别的图片" },
        { "TIFF", Drawn.PosterImage(1).TiffsaveBuffer(), "不是可识别的图片" },
        { "cut off", Drawn.Poster(1)[..2000], "图片损坏或无法解码" },
        { "cut off JPEG", Drawn.PosterImage(1).JpegsaveBuffer()[..1500], "图片损坏或无法解码" },
        { "claims a billion pixels", PngOf(100_000, 100_000), "图片尺寸过大" },
        { "claims more than is decoded", PngOf(8_000, 6_000), "图片尺寸过大" },
        { "its beginning alone", [0xFF, 0xD8, 0xFF], "图片损坏或无法解码" },
        { "beginning and noise", [.. "GIF89a"u8, .. Enumerable.Range(0, 500).Select(place => (byte)(place * 37))], "图片损坏或无法解码" },
        { "too many bytes", new byte[PictureReader.MostBytes + 1], "图片文件过大" },
    };

    [Theory]
    [MemberData(nameof(HostilePictures))]
    public void What_is_no_picture_is_refused(string what, byte[] bytes, string reason)
    {
        Assert.NotEmpty(what);
        Assert.Equal(reason, Assert.IsType<PictureReading.Unreadable>(PictureReader.Read(bytes)).Reason);
    }

    [Fact]
    public void Only_four_decoders_are_open()
    {
        _ = PictureReader.Read(Drawn.Poster(1));

        Assert.Throws<VipsException>(() => Image.NewFromBuffer("<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>"u8.ToArray()));
        Assert.Throws<VipsException>(() => Image.NewFromBuffer(Drawn.PosterImage(1).TiffsaveBuffer()));
    }

    /// <summary>A real header and rows of nothing, which compress to a few bytes.</summary>
    private static byte[] PngOf(int width, int height)
    {
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(rows, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(new byte[1 << 20]);
        }

        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, .. Chunk("IHDR"u8, header), .. Chunk("IDAT"u8, rows.ToArray()), .. Chunk("IEND"u8, [])];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> name, byte[] content)
    {
        byte[] named = [.. name, .. content];
        var length = new byte[4];
        var sum = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length);
        BinaryPrimitives.WriteUInt32BigEndian(sum, Crc(named));
        return [.. length, .. named, .. sum];
    }

    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) == 1 ? 0xEDB88320u : 0);
            }
        }

        return ~crc;
    }
}
