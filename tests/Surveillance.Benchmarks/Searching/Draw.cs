namespace Surveillance.Benchmarks.Searching;

/// <summary>Random numbers that are the same on every machine for the same seed (SplitMix64).</summary>
internal struct Draw(ulong seed)
{
    private ulong _state = seed;

    public ulong Bits()
    {
        _state += 0x9E3779B97F4A7C15;
        var bits = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>0 to <paramref name="limit"/>, that not included.</summary>
    public int Below(int limit) => (int)(((Bits() >> 32) * (ulong)limit) >> 32);

    /// <summary>0 to 1, that not included.</summary>
    public double Share() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Share() < share;

    public T Of<T>(T[] choices) => choices[Below(choices.Length)];

    /// <summary>The first ones much more often: by 1/rank, as sellers and cities are.</summary>
    public int Ranked(int count) => Math.Min((int)Math.Pow(count, Share()) - 1 + Below(2), count - 1);
}
