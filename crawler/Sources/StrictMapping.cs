using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Surveillance.Crawler.Sources;

/// <summary>A YAML mapping whose every key must be asked for: what is missing, of another kind or left over is an error that names the key.</summary>
internal sealed class StrictMapping(YamlMappingNode node, string path = "")
{
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);

    public string Text(string key) => OptionalText(key) ?? throw new SourceFormatException($"缺少键 {path}{key}。");

    public string? OptionalText(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } value } when !string.IsNullOrWhiteSpace(value):
                return value.Trim();
            default:
                throw Wrong(key, "一段文字");
        }
    }

    public bool Flag(string key) => Text(key) switch
    {
        "true" => true,
        "false" => false,
        _ => throw Wrong(key, "true 或 false"),
    };

    public bool OptionalFlag(string key) => Find(key) is not null && Flag(key);

    public int Whole(string key, int least, int most) =>
        int.TryParse(Text(key), NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Wrong(key, $"{least} 到 {most} 之间的整数");

    public double Number(string key, double least, double most) =>
        double.TryParse(Text(key), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most
            ? value
            : throw Wrong(key, string.Create(CultureInfo.InvariantCulture, $"{least} 到 {most} 之间的数"));

    public DateOnly Day(string key) =>
        DateOnly.TryParseExact(Text(key), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : throw Wrong(key, "YYYY-MM-DD 格式的日期");

    public T Choice<T>(string key, IReadOnlyDictionary<string, T> choices) =>
        choices.TryGetValue(Text(key), out var value) ? value : throw Wrong(key, string.Join("、", choices.Keys) + " 之一");

    /// <summary>Not empty, none blank, none twice.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        var texts = OptionalTexts(key);
        return texts.Count > 0 ? texts : throw new SourceFormatException($"缺少键 {path}{key}。");
    }

    /// <summary>Empty where the key is absent.</summary>
    public IReadOnlyList<string> OptionalTexts(string key)
    {
        var found = Find(key);
        if (found is null)
        {
            return [];
        }

        if (found is not YamlSequenceNode sequence || sequence.Children.Count == 0)
        {
            throw Wrong(key, "非空列表");
        }

        var texts = sequence.Select(child => child is YamlScalarNode { Value: { } value } && !string.IsNullOrWhiteSpace(value)
            ? value.Trim()
            : throw Wrong(key, "由文字组成的列表")).ToList();
        return texts.Distinct(StringComparer.Ordinal).Count() == texts.Count ? texts : throw Wrong(key, "没有重复项的列表");
    }

    public StrictMapping Mapping(string key) => OptionalMapping(key) ?? throw new SourceFormatException($"缺少键 {path}{key}。");

    public StrictMapping? OptionalMapping(string key) => Find(key) switch
    {
        null => null,
        YamlMappingNode mapping => new StrictMapping(mapping, $"{path}{key}."),
        _ => throw Wrong(key, "一组键值"),
    };

    /// <summary>A list of mappings; empty where the key is absent.</summary>
    public IReadOnlyList<StrictMapping> OptionalMappings(string key) => Find(key) switch
    {
        null => [],
        YamlSequenceNode { Children.Count: > 0 } sequence =>
            [.. sequence.Select((child, place) => child is YamlMappingNode mapping ? new StrictMapping(mapping, $"{path}{key}[{place}].") : throw Wrong(key, "由键值组成的列表"))],
        _ => throw Wrong(key, "由键值组成的列表"),
    };

    /// <summary>Says that all has been asked for.</summary>
    public void End()
    {
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !_asked.Contains(name))
            {
                throw new SourceFormatException($"未知的键 {path}{key}（第 {key.Start.Line} 行）；可用的键：{string.Join("、", _asked.Order(StringComparer.Ordinal))}。");
            }
        }
    }

    public SourceFormatException Wrong(string key, string expected)
    {
        var found = Find(key);
        var came = found is YamlScalarNode scalar ? $"“{scalar.Value}”" : "列表或键值";
        return new SourceFormatException($"键 {path}{key}（第 {found?.Start.Line ?? 0} 行）应为{expected}，实为{came}。");
    }

    private YamlNode? Find(string key)
    {
        _asked.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var value) && !IsNull(value) ? value : null;
    }

    private static bool IsNull(YamlNode value) =>
        value is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" };
}
