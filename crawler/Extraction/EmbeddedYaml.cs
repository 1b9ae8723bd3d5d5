using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Surveillance.Crawler.Extraction;

/// <summary>Reads the data files that are built into this assembly; an unknown member is an error.</summary>
internal static class EmbeddedYaml
{
    public static T Read<T>(string name)
    {
        using var stream = typeof(EmbeddedYaml).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly was built without {name}.");
        using var reader = new StreamReader(stream);
        return new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build().Deserialize<T>(reader);
    }
}
