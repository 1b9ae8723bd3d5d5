using Surveillance.Classifier.Likeness;

namespace Surveillance.Classifier.Vision;

/// <summary>What came of looking at a picture. Bytes that are none are an answer, not an exception.</summary>
public abstract record PictureReading
{
    private PictureReading()
    {
    }

    public sealed record Printed(PicturePrint Print) : PictureReading;

    /// <summary>A picture that says too little to be told from others: a plain area, a gradient, an icon.</summary>
    public sealed record Plain : PictureReading;

    /// <summary>No picture of a kind that is read, damaged, or larger than is read.</summary>
    /// <param name="Reason">One short Chinese phrase.</param>
    public sealed record Unreadable(string Reason) : PictureReading;
}
