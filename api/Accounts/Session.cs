using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Surveillance.Api.Accounts;

/// <summary>A browser's proof that it once showed the token: an end time and a keyed digest over it. The token itself is in no cookie.</summary>
internal static class Session
{
    public const string Cookie = "surveil_session";

    /// <summary>A working day.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    public static string Issue(string token, DateTimeOffset now)
    {
        var ends = (now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{ends}.{Sign(token, ends)}";
    }

    public static bool IsValid(string? cookie, string token, DateTimeOffset now)
    {
        var parts = cookie?.Split('.', 2) ?? [];
        return parts.Length == 2
            && SameText(parts[1], Sign(token, parts[0]))
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var ends)
            && ends > now.ToUnixTimeSeconds();
    }

    /// <summary>Compares in a time that tells neither content nor length.</summary>
    public static bool SameText(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    private static string Sign(string token, string ends) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes($"surveil session until {ends}")));
}
