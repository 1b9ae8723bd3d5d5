using System.Text.Json;

namespace Surveillance.Api.Search.Server;

/// <summary>What the server answered to one request.</summary>
/// <param name="json">Null where the body is empty or no JSON.</param>
internal sealed class ServerAnswer(int status, JsonDocument? json) : IDisposable
{
    private const int LongestReason = 500;

    public int Status => status;

    public bool IsSuccess => status is >= 200 and < 300;

    public bool IsJson => json is not null;

    public JsonElement Root => json?.RootElement ?? default;

    /// <summary>E.g. <c>index_not_found_exception</c>; empty where the body names none.</summary>
    public string ErrorType => Root.Child("error").Child("type").Text() ?? "";

    /// <summary>Whether the server will never take as much at once; with the status of a busy one where its memory is too small.</summary>
    public bool IsTooMuch => status == 413 || (status == 429 && Root.Child("error").Child("durability").Text() == "PERMANENT");

    /// <summary>Whether asking again may bring another answer. Of some requests the server says that it failed where it means that it never will do them.</summary>
    public bool IsPassing => (status is 408 or 429 or > 500 && !IsTooMuch)
        || (status == 500 && Deepest(Root.Child("error")).Child("type").Text() is not ("illegal_state_exception" or "illegal_argument_exception" or "runtime_exception"));

    /// <summary>One line about an answer that is no success.</summary>
    public string Error => Root.Child("error") is { ValueKind: not JsonValueKind.Undefined } error ? Reason(error) : $"status {status}";

    /// <summary>What an error object of the server says, its deepest cause included.</summary>
    public static string Reason(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return Short(error.ToString());
        }

        var outer = Line(error);
        var inner = Line(Deepest(error));
        return Short(outer == inner ? outer : $"{outer} ({inner})");
    }

    public void Dispose() => json?.Dispose();

    private static JsonElement Deepest(JsonElement error)
    {
        while (Cause(error) is { ValueKind: JsonValueKind.Object } cause)
        {
            error = cause;
        }

        return error;
    }

    private static JsonElement Cause(JsonElement error) =>
        error.Child("caused_by") is { ValueKind: JsonValueKind.Object } cause ? cause
        : error.Child("root_cause") is { ValueKind: JsonValueKind.Array } roots && roots.GetArrayLength() > 0 ? roots[0]
        : default;

    private static string Line(JsonElement error) => $"{error.Child("type").Text()}: {error.Child("reason").Text()}";

    private static string Short(string reason) => reason.Length <= LongestReason ? reason : string.Concat(reason.AsSpan(0, LongestReason), "…");
}
