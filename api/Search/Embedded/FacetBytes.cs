namespace Surveillance.Api.Search.Embedded;

/// <summary>The numbers of a listing's facet values in few bytes (LEB128, one after another).</summary>
internal static class FacetBytes
{
    public static byte[] Write(IEnumerable<long> numbers)
    {
        var bytes = new List<byte>();
        foreach (var number in numbers)
        {
            var rest = number;
            for (; rest >= 0x80; rest >>= 7)
            {
                bytes.Add((byte)(rest | 0x80));
            }

            bytes.Add((byte)rest);
        }

        return [.. bytes];
    }

    /// <summary>Adds one for each number.</summary>
    public static void Count(ReadOnlySpan<byte> bytes, long[] counts)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            var number = 0L;
            for (var shift = 0; ; shift += 7, at++)
            {
                number |= (long)(bytes[at] & 0x7F) << shift;
                if (bytes[at] < 0x80)
                {
                    break;
                }
            }

            counts[number]++;
        }
    }
}
