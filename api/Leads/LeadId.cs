using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Surveillance.Api.Leads;

/// <summary>Under which id a listing and its lead are known inside: 20 lower-case hexadecimal digits (DESIGN section 5, "Identity").</summary>
[JsonConverter(typeof(AsText))]
public readonly record struct LeadId
{
    private const int Length = 20;

    private LeadId(string value) => Value = value;

    public string Value { get; }

    /// <exception cref="FormatException">The text is no such id.</exception>
    public static LeadId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"expected {Length} lower-case hexadecimal digits, got '{text}'");

    public static bool TryParse([NotNullWhen(true)] string? text, out LeadId id)
    {
        var good = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);
        id = good ? new LeadId(text!) : default;
        return good;
    }

    public override string ToString() => Value;

    private sealed class AsText : JsonConverter<LeadId>
    {
        public override LeadId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, LeadId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
    }
}
