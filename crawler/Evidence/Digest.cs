using System.Security.Cryptography;

namespace Surveillance.Crawler.Evidence;

/// <summary>SHA-256 of raw bytes, 64 lower-case hexadecimal digits (哈希值).</summary>
public readonly record struct Digest(string Value)
{
    public static Digest Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    public override string ToString() => Value;
}
