namespace Surveillance.Classifier.Model;

/// <summary>The 32-bit names of features. Changing anything here changes <see cref="ModelFile.Magic"/>.</summary>
internal static class FeatureKey
{
    private const uint Prime = 0x9E3779B1;

    /// <summary>One more unit of an n-gram.</summary>
    public static uint Step(uint hash, uint unit)
    {
        var next = unchecked((hash ^ unit) * Prime);
        return next ^ (next >> 15);
    }

    /// <summary>Spreads a finished hash over all bits; never 0, which marks a free place of the model's table.</summary>
    public static uint Finish(uint hash)
    {
        var mixed = unchecked((hash ^ (hash >> 16)) * 0x85EBCA6B);
        mixed = unchecked((mixed ^ (mixed >> 13)) * 0xC2B2AE35);
        mixed ^= mixed >> 16;
        return mixed == 0 ? 1 : mixed;
    }

    /// <summary>Of a fact that has a name, such as <c>context:offer</c>.</summary>
    public static uint Of(string name)
    {
        var hash = 0x811C9DC5;
        foreach (var unit in name)
        {
            hash = Step(hash, unit);
        }

        return Finish(hash);
    }
}
