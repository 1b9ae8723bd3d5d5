using System.Text;
using HtmlAgilityPack;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Markup;
using Surveillance.Crawler.Extraction.Sites;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Extraction;

public sealed class SiteFilesTests : IDisposable
{
    private const string Page = """
        <html><head><meta charset=utf-8><title>x</title></head><body><div id=main>
        <div class="row hit"><b data-k="1">低压电工证培训</b><i>380</i><u>甲店</u><a href="/x?no=11"></a><s></s></div>
        <div class="row hit"><b data-k="1">高压电工证培训</b><i>1.2万</i><u>乙店</u><a href="/x?no=12"></a></div>
        </div></body></html>
        """;

    private const string File = """
        hosts: [rules.example.com]
        platform: 规则市场
        list:
          item: "#main div.hit"
          title: "b[data-k=1]"
          price: i
          seller: u
          link: a@href
          ad: s
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_site_s_own_file_says_where_its_fields_stand()
    {
        _folder.File("rules.yaml", File);
        var sites = SiteFiles.Read(_folder.Path);
        Assert.Empty(sites.Faults);

        var listings = PageReader.CreateDefault(sites.Catalog).Read(Encoding.UTF8.GetBytes(Page), new Uri("https://m.rules.example.com/s")).Listings;

        Assert.Equal(
            [("低压电工证培训", 380m, "甲店", ListingKind.Ad, "https://m.rules.example.com/x?no=11", "规则市场"), ("高压电工证培训", 12_000m, "乙店", ListingKind.Listing, "https://m.rules.example.com/x?no=12", "规则市场")],
            listings.Select(listing => (listing.Title, listing.Price, listing.Seller, listing.Kind, listing.Url, listing.Platform)));
    }

    [Theory]
    [InlineData("platform: x", "expected hosts")]
    [InlineData("hosts: [a.example]\ncolour: red", "colour")]
    [InlineData("hosts: [a.example]\nlist: { title: b }", "expected item and title")]
    [InlineData("hosts: [a.example]\nlist: { item: b, title: 'a[' }", "title: expected a selector")]
    [InlineData("hosts: [a.example]\ndetail: { title: h1, item: li }", "no item")]
    [InlineData("hosts: [a.example", "")]
    public void A_wrong_file_is_named_and_costs_no_other(string yaml, string reason)
    {
        _folder.File("a.yaml", yaml);
        _folder.File("rules.yaml", File);

        var sites = SiteFiles.Read(_folder.Path);
        var fault = Assert.Single(sites.Faults);

        Assert.EndsWith("a.yaml", fault.File, StringComparison.Ordinal);
        Assert.Contains(reason, fault.Reason, StringComparison.Ordinal);
        Assert.Equal("规则市场", sites.Catalog.Of(new Uri("https://rules.example.com/"))?.Platform);
    }

    [Theory]
    [InlineData("li", "一 二")]
    [InlineData("ul.a li", "一")]
    [InlineData(".b li.c", "二")]
    [InlineData("#u1 li", "一")]
    [InlineData("li[data-x]@data-x", "7")]
    [InlineData("li[data-x=8]", "")]
    public void Selects_by_name_class_id_and_attribute(string selector, string expected)
    {
        HtmlDocument document = PageTree.Parse("<ul class='a z' id=u1><li>一</li></ul><ul class=b><li class=c data-x=7>二</li></ul>");
        var root = PageTree.Of(document).Root;
        var parsed = Selector.Parse(selector);

        Assert.Equal(expected, string.Join(' ', parsed.All(root).Select(parsed.Read)));
    }
}
