using System.Text;
using Surveillance.Api.Settings;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Surveillance.Api.Listings.Feeds;

/// <summary>Reads a feed's map strictly: an unknown key is an error that names the nearest known one.</summary>
internal static class FeedMapFile
{
    private static readonly string[] Keys = ["columns", "constants", "price_unit", "date_format", "encoding", "separator"];

    private static readonly Dictionary<string, decimal> Units = new(StringComparer.Ordinal)
    {
        ["元"] = 1,
        ["yuan"] = 1,
        ["分"] = 0.01m,
        ["fen"] = 0.01m,
        ["万元"] = 10_000,
        ["wan"] = 10_000,
    };

    /// <exception cref="FeedMapException">The file can't be read, or is wrong.</exception>
    public static FeedMap Read(string path)
    {
        var root = Parse(path);
        Require(path, root, Keys, "key");
        var columns = Mapping(path, root, "columns");
        var constants = Mapping(path, root, "constants");
        Require(path, columns, FeedField.Names, "field of columns");
        Require(path, constants, FeedField.Names, "field of constants");
        if (columns.Children.Count == 0)
        {
            throw new FeedMapException($"{path}: expected columns, with a column's name for each field, such as title: 商品标题");
        }

        return new FeedMap(
            columns.Children.ToDictionary(pair => Name(pair.Key), pair => Texts(path, Name(pair.Key), pair.Value), StringComparer.Ordinal),
            constants.Children.ToDictionary(pair => Name(pair.Key), pair => Text(path, Name(pair.Key), pair.Value), StringComparer.Ordinal))
        {
            YuanPerUnit = Optional(path, root, "price_unit") is not { } unit ? 1
                : Units.TryGetValue(unit, out var yuan) ? yuan
                : throw new FeedMapException($"{path}: price_unit expects one of {string.Join(", ", Units.Keys)}, got {unit}"),
            DateFormat = Optional(path, root, "date_format"),
            Encoding = KnownEncoding(path, Optional(path, root, "encoding")),
            Separator = Optional(path, root, "separator") switch
            {
                null => null,
                "tab" or "\t" => '\t',
                [var one] => one,
                var other => throw new FeedMapException($"{path}: separator expects one character, or tab, got {other}"),
            },
        };
    }

    private static YamlMappingNode Parse(string path)
    {
        try
        {
            var yaml = new YamlStream();
            using var reader = new StringReader(File.ReadAllText(path));
            yaml.Load(reader);
            return yaml.Documents is [{ RootNode: YamlMappingNode root }] ? root : throw new FeedMapException($"{path}: expected one YAML mapping");
        }
        catch (Exception error) when (error is YamlException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // YamlDotNet throws the second where a bracket is never closed.
            throw new FeedMapException($"expected a readable YAML mapping, {path} is none: {error.Message}", error);
        }
    }

    private static void Require(string path, YamlMappingNode mapping, IReadOnlyList<string> known, string kind)
    {
        foreach (var name in mapping.Children.Keys.Select(Name))
        {
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                throw new FeedMapException($"{path}: unknown {kind} {name}; the nearest known one is {NearestName.Of(name, known)}");
            }
        }
    }

    private static YamlMappingNode Mapping(string path, YamlMappingNode root, string key) =>
        !root.Children.TryGetValue(new YamlScalarNode(key), out var node) ? new YamlMappingNode()
        : node as YamlMappingNode ?? throw new FeedMapException($"{path}: {key} expects a mapping");

    private static string? Optional(string path, YamlMappingNode root, string key) =>
        root.Children.TryGetValue(new YamlScalarNode(key), out var node) ? Text(path, key, node) : null;

    private static IReadOnlyList<string> Texts(string path, string key, YamlNode node) =>
        node is YamlSequenceNode { Children.Count: > 0 } list ? [.. list.Select(item => Text(path, key, item))] : [Text(path, key, node)];

    private static string Text(string path, string key, YamlNode node) =>
        node is YamlScalarNode { Value: { Length: > 0 } value } ? value : throw new FeedMapException($"{path}: {key} expects a text");

    private static string Name(YamlNode node) => node is YamlScalarNode { Value: { } value } ? value : "";

    private static string? KnownEncoding(string path, string? name)
    {
        try
        {
            return name is null ? null : (CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name)).WebName;
        }
        catch (ArgumentException error)
        {
            throw new FeedMapException($"{path}: encoding expects a charset such as utf-8 or gb18030, got {name}", error);
        }
    }
}
