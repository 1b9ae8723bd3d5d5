using Surveillance.Crawler.Extraction.Json;

namespace Surveillance.Crawler.Extraction.Outcomes;

/// <summary>What a JSON answer says of itself: its code, its messages, the flags that it sets.</summary>
internal sealed class JsonVoice
{
    private const int MaxDepth = 4;
    private const int MaxSaid = 200;
    private const int LongestMessage = 160;

    private JsonVoice()
    {
    }

    /// <summary>The number by which the answer names its outcome, as printed; null without one.</summary>
    public string? Code { get; private set; }

    /// <summary>Short texts near the top, white space removed, and the names of flags that are set.</summary>
    public List<string> Said { get; } = [];

    public static JsonVoice Of(DecodedPage page)
    {
        var voice = new JsonVoice();
        foreach (var document in page.JsonDocuments)
        {
            voice.Read("", document, 0);
        }

        return voice;
    }

    public bool Says(MarkerSet markers) => Said.Exists(said => markers.InNotice(said) || markers.InSource(said));

    /// <summary>A short value, or the name of a flag that is set, holds a word of the set.</summary>
    public bool Mentions(MarkerSet markers) => Said.Exists(said => markers.InWords(said) || markers.InSource(said));

    private void Read(string name, LooseValue value, int depth)
    {
        if (Said.Count >= MaxSaid || depth > MaxDepth)
        {
            return;
        }

        switch (value.Kind)
        {
            case LooseKind.Text when value.Scalar.Length is > 0 and <= LongestMessage:
                Said.Add(string.Concat(value.Scalar.Where(c => !char.IsWhiteSpace(c))));
                Said.Add(name);
                break;
            case LooseKind.Truth when value.Scalar == "true":
                Said.Add(name);
                break;
        }

        if (value.Kind is LooseKind.Number or LooseKind.Text && depth <= 2 && FieldNames.Normalized(name) is "code" or "status" or "errcode" or "errorcode" or "errno" or "statuscode" or "retcode" or "httpstatus")
        {
            Code ??= value.Scalar;
        }

        foreach (var item in value.Items)
        {
            Read(name, item, depth + 1);
        }

        foreach (var member in value.Members)
        {
            Read(member.Key, member.Value, depth + 1);
        }
    }
}
