using Surveillance.Crawler.Sources;

namespace Surveillance.Tests.Sources;

public sealed class SourceCatalogueTests : IDisposable
{
    private readonly SourceFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Reads_a_source_whole()
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop.Replace("enabled: false", """
            enabled: true
            extraction: [json-ld, blocks]
            allow_hosts: [shop.invalid, 127.0.0.1]
            max_pages_per_day: 500
            jitter_seconds: 90
            proxy: http://user:secret@proxy.invalid:3128
            probes:
              - item: "100000000001"
                types: [guarantee, insider]
            authorisation:
              by: 某市市场监督管理局
              on: 2026-11-01
              document: 某市监〔2026〕1号
            """, StringComparison.Ordinal));

        var source = Assert.Single(Load().Sources);

        Assert.Equal(("shop", "测试市场", "闲鱼", SourceKind.Marketplace, true, RenderMode.Http), (source.Id, source.Name, source.Platform, source.Kind, source.Enabled, source.Render));
        Assert.Equal((new SourceRate(0.5, 2), 10, 3, new SourceFollow(true, false)), (source.Rate, source.MaxPages, source.MaxDepth, source.Follow));
        Assert.Equal(new SourceAuthorisation("某市市场监督管理局", new DateOnly(2026, 11, 1), "某市监〔2026〕1号"), source.Authorisation);
        Assert.Equal(["json-ld", "blocks"], source.Extraction);
        Assert.Equal((500, TimeSpan.FromSeconds(90), new Uri("http://user:secret@proxy.invalid:3128")), (source.MaxPagesPerDay, source.Jitter, source.Proxy));
        Assert.Equal(("100000000001", "guarantee insider"), (Assert.Single(source.Probes).Item, string.Join(' ', source.Probes[0].Types)));
        Assert.Equal(
            ["https://shop.invalid/search?q=%E4%BD%8E%E5%8E%8B%E7%94%B5%E5%B7%A5%E8%AF%81", "https://shop.invalid/search?q=%E7%94%B5%E5%B7%A5%E8%AF%81%20%E5%8C%85%E8%BF%87"],
            source.SeedUrls());
    }

    private const string Feed = """
        id: handed-over
        name: 平台报送
        platform: 微店
        kind: feed
        enabled: true
        folder: /srv/feeds/weidian
        map: /srv/feeds/weidian.yaml
        schedule: "0 0 * * * ?"
        """;

    [Fact]
    public void Reads_a_source_whose_data_lies_in_a_folder()
    {
        SourceFiles.Write(_files.Shipped, "handed-over.yaml", Feed);

        var source = Assert.Single(Load().Sources);

        Assert.Equal((SourceKind.Feed, true, new SourceFeed("/srv/feeds/weidian", "/srv/feeds/weidian.yaml")), (source.Kind, source.Enabled, source.Feed));
        Assert.Empty(source.SeedUrls());
    }

    [Theory]
    [InlineData("folder: /srv/feeds/weidian\n", "", "缺少键 folder")]
    [InlineData("folder: /srv/feeds/weidian", "folder: feeds", "绝对路径")]
    [InlineData("folder: /srv/feeds/weidian", "folder: /srv/feeds\nseeds: [\"https://a.invalid/\"]", "未知的键 seeds")]
    public void Names_what_is_wrong_with_a_feed(string right, string wrong, string reason)
    {
        SourceFiles.Write(_files.Shipped, "handed-over.yaml", Feed.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(reason, Assert.Single(Load().Faults).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name: 测试市场", "", "缺少键 name")]
    [InlineData("seeds:\n  - \"{base}/search?q={keyword}\"\n", "", "缺少键 seeds")]
    [InlineData("schedule: \"0 0 3 * * ?\"", "", "缺少键 schedule")]
    [InlineData("  per_second: 0.5\n", "", "缺少键 rate.per_second")]
    [InlineData("  details: false", "", "缺少键 follow.details")]
    [InlineData("name: 测试市场", "name: 测试市场\ncolour: red", "未知的键 colour")]
    [InlineData("  concurrency: 2", "  concurrency: 2\n  burst: 9", "未知的键 rate.burst")]
    [InlineData("name: 测试市场", "name: 测试市场\nname: 又一个", "重复")]
    [InlineData("id: shop", "id: other", "键 id")]
    [InlineData("kind: marketplace", "kind: bazaar", "marketplace")]
    [InlineData("render: http", "render: lynx", "browser")]
    [InlineData("enabled: false", "enabled: maybe", "键 enabled")]
    [InlineData("enabled: false", "enabled: true", "authorisation")]
    [InlineData("enabled: false", "enabled: true\nauthorisation:\n  by: 某局\n  on: 2026-11-01", "authorisation.document")]
    [InlineData("enabled: false", "enabled: true\nauthorisation:\n  by: 某局\n  on: 昨天\n  document: 一号", "authorisation.on")]
    [InlineData("enabled: false", "enabled: true\nauthorisation:\n  by:\n  on: 2026-11-01\n  document: 一号", "authorisation.by")]
    [InlineData("schedule: \"0 0 3 * * ?\"", "schedule: \"every night\"", "键 schedule")]
    [InlineData("schedule: \"0 0 3 * * ?\"", "schedule: \"0 0 25 * * ?\"", "键 schedule")]
    [InlineData("base: https://shop.invalid", "base: shop.invalid", "键 base")]
    [InlineData("base: https://shop.invalid", "base: ftp://shop.invalid", "键 base")]
    [InlineData("base: https://shop.invalid\n", "", "缺少键 base")]
    [InlineData("\"{base}/search?q={keyword}\"", "\"/search?q={keyword}\"", "键 seeds")]
    [InlineData("\"{base}/search?q={keyword}\"", "\"file:///etc/passwd?{keyword}\"", "键 seeds")]
    [InlineData("\"{base}/search?q={keyword}\"", "\"{base}/search?q={word}\"", "{word}")]
    [InlineData("\"{base}/search?q={keyword}\"", "\"{base}/search\"", "keywords 没有用处")]
    [InlineData("keywords:\n  - 低压电工证\n  - 电工证 包过\n", "", "缺少键 keywords")]
    [InlineData("  - 电工证 包过", "  - 低压电工证", "没有重复项")]
    [InlineData("per_second: 0.5", "per_second: 0", "键 rate.per_second")]
    [InlineData("per_second: 0.5", "per_second: -1", "键 rate.per_second")]
    [InlineData("per_second: 0.5", "per_second: NaN", "键 rate.per_second")]
    [InlineData("concurrency: 2", "concurrency: 1000", "键 rate.concurrency")]
    [InlineData("max_pages: 10", "max_pages: ten", "键 max_pages")]
    [InlineData("max_pages: 10", "max_pages: 0", "键 max_pages")]
    [InlineData("max_depth: 3", "max_depth: [3]", "键 max_depth")]
    [InlineData("follow:\n  lists: true\n  details: false", "follow: all", "键 follow")]
    [InlineData("enabled: false", "enabled: false\nallow_hosts: [\"http://a/b\"]", "键 allow_hosts")]
    [InlineData("enabled: false", "enabled: false\nextraction: [magic]", "magic")]
    [InlineData("max_pages: 10", "max_pages: 10\nmax_pages_per_day: 9", "键 max_pages_per_day")]
    [InlineData("max_pages: 10", "max_pages: 10\njitter_seconds: -1", "键 jitter_seconds")]
    [InlineData("render: http", "render: http\nproxy: socks5://proxy.invalid:1080", "键 proxy")]
    [InlineData("render: http", "render: http\nproxy: http://proxy.invalid/path", "键 proxy")]
    [InlineData("render: http", "render: http\nrendering: {scroll: 1}", "rendering 没有用处")]
    [InlineData("render: http", "render: browser\nrendering: {scroll: 99}", "键 rendering.scroll")]
    [InlineData("render: http", "render: browser\nrendering: {block: [document]}", "键 rendering.block")]
    [InlineData("render: http", "render: browser\nrendering: {sroll: 1}", "未知的键 rendering.sroll")]
    [InlineData("render: http", "render: http\nprobes: [{item: \"1\", types: [murder]}]", "键 probes[0].types")]
    [InlineData("render: http", "render: http\nprobes: [{types: [guarantee]}]", "缺少键 probes[0].item")]
    [InlineData("render: http", "render: http\nprobes: [\"1\"]", "键 probes")]
    [InlineData("id: shop", "id: [", "YAML")]
    [InlineData("id: shop", "- id", "YAML")]
    public void Disables_only_the_source_whose_file_is_wrong(string right, string wrong, string reason)
    {
        Assert.Contains(right, SourceFiles.Shop, StringComparison.Ordinal);
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop.Replace(right, wrong, StringComparison.Ordinal));
        SourceFiles.Write(_files.Shipped, "good.yaml", SourceFiles.Shop.Replace("id: shop", "id: good", StringComparison.Ordinal));

        var catalogue = Load();

        Assert.Equal(["good"], catalogue.Sources.Select(source => source.Id));
        var fault = Assert.Single(catalogue.Faults);
        Assert.Equal(("shop", Path.Combine(_files.Shipped, "shop.yaml")), (fault.Id, fault.File));
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Reason);
    }

    [Fact]
    public void Reads_how_pages_are_rendered()
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop.Replace("render: http", "render: browser\nrendering: {scroll: 4, wait: \".card a\", block: [image, stylesheet]}", StringComparison.Ordinal));

        var rendering = Assert.Single(Load().Sources).Rendering;

        Assert.Equal((4, ".card a", "image stylesheet"), (rendering.Scroll, rendering.Wait, string.Join(' ', rendering.Block)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("--- \n--- \n")]
    [InlineData("just words")]
    [InlineData("a: &x [*x]")]
    [InlineData("\0\0\0")]
    public void Says_what_is_wrong_with_a_file_that_is_no_source(string text)
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", text);

        Assert.Equal("shop", Assert.Single(Load().Faults).Id);
    }

    [Fact]
    public void Lets_the_users_file_replace_the_shipped_one_whole()
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop);
        SourceFiles.Write(_files.Overrides, "shop.yml", SourceFiles.Shop.Replace("max_pages: 10", "max_pages: 7", StringComparison.Ordinal));

        Assert.Equal(7, Assert.Single(Load().Sources).MaxPages);
    }

    [Fact]
    public void Runs_neither_file_where_the_users_is_wrong()
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop);
        SourceFiles.Write(_files.Overrides, "shop.yaml", "id: [");

        var catalogue = Load();

        Assert.Empty(catalogue.Sources);
        Assert.StartsWith(_files.Overrides, Assert.Single(catalogue.Faults).File, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_two_files_of_one_id_in_one_folder()
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop);
        SourceFiles.Write(_files.Shipped, "shop.yml", SourceFiles.Shop);

        Assert.Empty(Load().Sources);
        Assert.Contains("两个文件", Assert.Single(Load().Faults).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Needs_the_shipped_folder_but_not_the_users()
    {
        Assert.Empty(SourceCatalogue.Load(new SourceFolders { Shipped = _files.Shipped, Overrides = "/no/such/folder" }).Sources);
        Assert.Throws<DirectoryNotFoundException>(() => SourceCatalogue.Load(new SourceFolders { Shipped = "/no/such/folder" }));
    }

    [Fact]
    public void Loads_demo_sources_only_beside_the_demo_marketplace()
    {
        SourceFiles.Write(_files.Shipped, "shop.yaml", SourceFiles.Shop.Replace("enabled: false", "enabled: true\ndemo: true", StringComparison.Ordinal).Replace("base: https://shop.invalid\n", "", StringComparison.Ordinal));

        Assert.Empty(Load().Sources);
        Assert.Empty(Load().Faults);
        var source = Assert.Single(SourceCatalogue.Load(new SourceFolders { Shipped = _files.Shipped, DemoBase = new Uri("http://127.0.0.1:5999") }).Sources);
        Assert.StartsWith("http://127.0.0.1:5999/search?q=", source.SeedUrls()[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Ships_a_right_file_for_every_platform_none_of_them_enabled()
    {
        var catalogue = SourceCatalogue.Load(new SourceFolders { Shipped = SourceFiles.Product(), DemoBase = new Uri("http://127.0.0.1:5999") });

        Assert.Empty(catalogue.Faults);
        var real = catalogue.Sources.Where(source => !source.Demo).ToList();
        Assert.Equal(["58同城", "京东", "小红书", "微店", "抖音小店", "拼多多", "淘宝", "百姓网", "转转", "闲鱼"], real.Select(source => source.Platform).OfType<string>().Order(StringComparer.Ordinal));
        Assert.Equal(["baidu", "sogou-weixin"], real.Where(source => source.Platform is null).Select(source => source.Id));
        Assert.DoesNotContain(real, source => source.Enabled || source.AllowHosts.Count > 0);
        Assert.All(catalogue.Sources.Where(source => source.Demo), source => Assert.True(source.Enabled && source.SeedUrls().Count > 0));
        Assert.Equal(20, catalogue.Find("demo-lookup")!.SeedUrls().Count);
    }

    private SourceCatalogue Load() => SourceCatalogue.Load(new SourceFolders
    {
        Shipped = _files.Shipped,
        Overrides = _files.Overrides,
        Extractors = new HashSet<string> { "json-ld", "blocks" },
    });
}
