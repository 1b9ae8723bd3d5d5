using System.Diagnostics;
using Surveillance.Classifier.Vision;

namespace Surveillance.Crawler.Pictures;

/// <summary>Completes the record of a picture with what its bytes show.</summary>
public static class PictureLook
{
    public static PictureRecord Of(PictureRecord record, ReadOnlyMemory<byte> bytes) => PictureReader.Read(bytes) switch
    {
        PictureReading.Printed printed => record with { State = PictureState.Done, Reason = null, Print = printed.Print },
        PictureReading.Plain => record with { State = PictureState.Plain, Reason = "图片内容过少" },
        PictureReading.Unreadable unreadable => record with { State = PictureState.Unreadable, Reason = unreadable.Reason },
        _ => throw new UnreachableException(),
    };
}
