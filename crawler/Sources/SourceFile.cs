using System.Collections.Frozen;
using Surveillance.Classifier;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Surveillance.Crawler.Sources;

/// <summary>Reads one source file strictly.</summary>
internal static class SourceFile
{
    private static readonly FrozenDictionary<string, SourceKind> Kinds = new Dictionary<string, SourceKind>
    {
        ["marketplace"] = SourceKind.Marketplace,
        ["search-engine"] = SourceKind.SearchEngine,
        ["website"] = SourceKind.Website,
        ["lookup"] = SourceKind.Lookup,
        ["feed"] = SourceKind.Feed,
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, RenderMode> RenderModes = new Dictionary<string, RenderMode>
    {
        ["http"] = RenderMode.Http,
        ["browser"] = RenderMode.Browser,
    }.ToFrozenDictionary();

    /// <param name="id">The file's name without its ending; the file must give the same.</param>
    /// <param name="demoBase">What <c>{base}</c> stands for in a demo source.</param>
    /// <exception cref="SourceFormatException">The file is wrong.</exception>
    public static SourceDefinition Read(string yaml, string id, Uri? demoBase)
    {
        var mapping = new StrictMapping(Parse(yaml));
        var source = ReadKeys(mapping);
        mapping.End();
        SourceCheck.Check(mapping, source, id);
        return source.Demo ? source with { Base = demoBase ?? source.Base } : source;
    }

    private static YamlMappingNode Parse(string yaml)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            return stream.Documents is [{ RootNode: YamlMappingNode root }]
                ? root
                : throw new SourceFormatException("应为一个 YAML 文档，由键值组成。");
        }
        catch (YamlException error)
        {
            throw new SourceFormatException($"第 {error.Start.Line} 行不是有效的 YAML，或有重复的键：{error.Message}");
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet 16.3's scanner throws this on a list in brackets that is never closed.
            throw new SourceFormatException("不是有效的 YAML：有未闭合的括号。");
        }
    }

    private static SourceDefinition ReadKeys(StrictMapping mapping) =>
        mapping.Choice("kind", Kinds) == SourceKind.Feed ? ReadFeed(mapping) : ReadCrawl(mapping);

    /// <summary>Nothing is fetched, so what says how to fetch is unknown here.</summary>
    private static SourceDefinition ReadFeed(StrictMapping mapping) => new()
    {
        Id = mapping.Text("id"),
        Name = mapping.Text("name"),
        Platform = mapping.OptionalText("platform"),
        Kind = SourceKind.Feed,
        Enabled = mapping.Flag("enabled"),
        Seeds = [],
        Schedule = mapping.Text("schedule"),
        Rate = new SourceRate(1, 1),
        MaxPages = 1,
        Images = 0,
        MaxDepth = 0,
        Follow = new SourceFollow(Lists: false, Details: false),
        Feed = new SourceFeed(AbsolutePath(mapping, "folder", mapping.Text("folder")), mapping.OptionalText("map") is { } map ? AbsolutePath(mapping, "map", map) : null),
        Authorisation = ReadAuthorisation(mapping.OptionalMapping("authorisation")),
    };

    private static string AbsolutePath(StrictMapping mapping, string key, string path) =>
        Path.IsPathFullyQualified(path) ? path : throw mapping.Wrong(key, "绝对路径");

    private static SourceDefinition ReadCrawl(StrictMapping mapping) => new()
    {
        Id = mapping.Text("id"),
        Name = mapping.Text("name"),
        Platform = mapping.OptionalText("platform"),
        Kind = mapping.Choice("kind", Kinds),
        Enabled = mapping.Flag("enabled"),
        Demo = mapping.OptionalFlag("demo"),
        Base = mapping.OptionalText("base") is { } address ? HttpAddress(address) ?? throw mapping.Wrong("base", " http 或 https 绝对地址") : null,
        Seeds = mapping.Texts("seeds"),
        Keywords = mapping.OptionalTexts("keywords"),
        Render = mapping.Choice("render", RenderModes),
        Schedule = mapping.Text("schedule"),
        Rate = ReadRate(mapping.Mapping("rate")),
        MaxPages = mapping.Whole("max_pages", 1, 1_000_000),
        MaxPagesPerDay = mapping.OptionalText("max_pages_per_day") is null ? null : mapping.Whole("max_pages_per_day", 1, 100_000_000),
        Images = mapping.OptionalText("images") is null ? SourceDefinition.DefaultImages : mapping.Whole("images", 0, 10_000),
        Jitter = mapping.OptionalText("jitter_seconds") is null ? TimeSpan.Zero : TimeSpan.FromSeconds(mapping.Whole("jitter_seconds", 0, 6 * 60 * 60)),
        MaxDepth = mapping.Whole("max_depth", 0, 10_000),
        Follow = ReadFollow(mapping.Mapping("follow")),
        Extraction = mapping.OptionalTexts("extraction"),
        AllowHosts = mapping.OptionalTexts("allow_hosts"),
        Proxy = mapping.OptionalText("proxy") is { } proxy ? ProxyAddress(proxy) ?? throw mapping.Wrong("proxy", " http://主机:端口") : null,
        Rendering = ReadRendering(mapping.OptionalMapping("rendering")),
        Probes = [.. mapping.OptionalMappings("probes").Select(ReadProbe)],
        Authorisation = ReadAuthorisation(mapping.OptionalMapping("authorisation")),
    };

    private static SourceRate ReadRate(StrictMapping mapping)
    {
        var rate = new SourceRate(mapping.Number("per_second", 0.001, 1000), mapping.Whole("concurrency", 1, 64));
        mapping.End();
        return rate;
    }

    private static SourceFollow ReadFollow(StrictMapping mapping)
    {
        var follow = new SourceFollow(mapping.Flag("lists"), mapping.Flag("details"));
        mapping.End();
        return follow;
    }

    private static SourceRendering ReadRendering(StrictMapping? mapping)
    {
        if (mapping is null)
        {
            return SourceRendering.Default;
        }

        var block = mapping.OptionalTexts("block");
        if (block.FirstOrDefault(kind => !SourceRendering.Blockable.Contains(kind)) is not null)
        {
            throw mapping.Wrong("block", $"由 {string.Join("、", SourceRendering.Blockable)} 组成的列表");
        }

        var rendering = new SourceRendering(
            mapping.OptionalText("scroll") is null ? 0 : mapping.Whole("scroll", 0, 50),
            mapping.OptionalText("wait"),
            block.Count > 0 ? block : SourceRendering.Default.Block);
        mapping.End();
        return rendering;
    }

    private static SourceProbe ReadProbe(StrictMapping mapping)
    {
        var types = mapping.Texts("types");
        var probe = new SourceProbe(mapping.Text("item"), types);
        mapping.End();
        return types.All(type => ViolationType.All.Any(known => known.Id == type)) ? probe : throw mapping.Wrong("types", "违法类型（如 guarantee）的列表");
    }

    private static SourceAuthorisation? ReadAuthorisation(StrictMapping? mapping)
    {
        if (mapping is null)
        {
            return null;
        }

        var authorisation = new SourceAuthorisation(mapping.Text("by"), mapping.Day("on"), mapping.Text("document"));
        mapping.End();
        return authorisation;
    }

    private static Uri? ProxyAddress(string address) =>
        HttpAddress(address) is { Scheme: "http", AbsolutePath: "/", Query: "" } proxy ? proxy : null;

    /// <returns>Null for what is no absolute address of a website.</returns>
    public static Uri? HttpAddress(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Host.Length > 0 ? uri : null;
}
