using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Surveillance.Api.Leads;
using Surveillance.Classifier;

namespace Surveillance.Api.Search;

/// <summary>A place in the order of results as text for an address; what it says is nobody's business.</summary>
internal static class CursorText
{
    private const string Format = "1";

    public static string Of(SearchCursor cursor) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{Format} {StoredName.Of(cursor.Decision)} {cursor.Risk:R} {cursor.LastSeen.ToUnixTimeMilliseconds()} {cursor.Id}")));

    /// <summary>False for whatever <see cref="Of"/> did not make.</summary>
    public static bool TryRead(string text, [NotNullWhen(true)] out SearchCursor? cursor)
    {
        cursor = null;
        if (text.Length > 200 || !Base64Url.IsValid(text))
        {
            return false;
        }

        if (Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(' ') is not [Format, var decision, var risk, var seen, var id]
            || !Enum.TryParse<Decision>(decision, ignoreCase: true, out var read)
            || StoredName.Of(read) != decision
            || !double.TryParse(risk, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var level)
            || level is not (>= 0 and <= 1)
            || !long.TryParse(seen, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds < DateTimeOffset.MinValue.ToUnixTimeMilliseconds()
            || milliseconds > DateTimeOffset.MaxValue.ToUnixTimeMilliseconds()
            || !LeadId.TryParse(id, out _))
        {
            return false;
        }

        cursor = new SearchCursor(read, level, DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), id);
        return true;
    }
}
