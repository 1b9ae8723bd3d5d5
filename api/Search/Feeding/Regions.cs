using System.Collections.Frozen;
using Surveillance.Classifier;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace Surveillance.Api.Search.Feeding;

/// <summary>Says in which province a location lies, by the names in <c>data/regions</c>.</summary>
public sealed class Regions
{
    /// <summary>After a place's name these make a street or a smaller place of it: 中山路 is not 中山, 朝阳区 not 朝阳.</summary>
    private static readonly string[] Smaller = ["路", "街", "大道", "巷", "区", "县", "镇", "乡", "村", "东路", "西路", "南路", "北路", "中路"];

    private readonly FrozenDictionary<string, string> _provinces;
    private readonly FrozenDictionary<string, string> _cities;
    private readonly int _longest;

    private Regions(Dictionary<string, string> provinces, Dictionary<string, string> cities)
    {
        _provinces = provinces.ToFrozenDictionary(StringComparer.Ordinal);
        _cities = cities.ToFrozenDictionary(StringComparer.Ordinal);
        _longest = provinces.Keys.Concat(cities.Keys).Max(name => name.Length);
    }

    /// <exception cref="RuleSetException">The file is wrong; the message names it and the place.</exception>
    public static Regions Load(string dataFolder)
    {
        var file = Path.Combine(dataFolder, "regions", "provinces.yaml");
        try
        {
            var read = new DeserializerBuilder().WithDuplicateKeyChecking().WithNamingConvention(YamlDotNet.Serialization.NamingConventions.UnderscoredNamingConvention.Instance)
                .Build().Deserialize<Dictionary<string, Province>?>(File.ReadAllText(file)) ?? [];
            var provinces = new Dictionary<string, string>(StringComparer.Ordinal);
            var cities = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, province) in read)
            {
                Add(provinces, [name, .. province.Names ?? throw new InvalidDataException($"{name}: missing member 'names'")], name);
                Add(cities, province.Cities ?? throw new InvalidDataException($"{name}: missing member 'cities'"), name);
            }

            return read.Count > 0 ? new Regions(provinces, cities) : throw new InvalidDataException("expected provinces, got none");
        }
        catch (Exception error) when (error is YamlException or InvalidDataException or InvalidOperationException or IOException)
        {
            throw new RuleSetException($"regions/provinces.yaml: {error.InnerException?.Message ?? error.Message}", error);
        }
    }

    /// <returns>E.g. <c>广东</c> for 广东深圳, 广东省 and 深圳; the first province that is named, else that of the first city; null where neither is.</returns>
    public string? Of(string? location) =>
        string.IsNullOrWhiteSpace(location) ? null : First(location, _provinces) ?? First(location, _cities);

    private string? First(string location, FrozenDictionary<string, string> names)
    {
        for (var start = 0; start < location.Length - 1; start++)
        {
            for (var length = Math.Min(_longest, location.Length - start); length >= 2; length--)
            {
                if (names.TryGetValue(location.Substring(start, length), out var province) && !IsSmaller(location.AsSpan(start + length)))
                {
                    return province;
                }
            }
        }

        return null;
    }

    private static bool IsSmaller(ReadOnlySpan<char> after)
    {
        foreach (var ending in Smaller)
        {
            if (after.StartsWith(ending, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private static void Add(Dictionary<string, string> names, IEnumerable<string> more, string province)
    {
        foreach (var name in more)
        {
            if (name is not { Length: >= 2 } || !names.TryAdd(name, province))
            {
                throw new InvalidDataException($"{province}: expected names of two characters at least, each once, got '{name}'");
            }
        }
    }

    private sealed record Province
    {
        public List<string>? Names { get; init; }

        public List<string>? Cities { get; init; }
    }
}
