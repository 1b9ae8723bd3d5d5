using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;

namespace Surveillance.Tests.Extraction;

public sealed class PageReaderListingTests
{
    private const string FirstTitle = "低压电工证考前辅导班周末开课";

    [Theory]
    [InlineData("list-price-split-over-elements.html", "88001200", "38.50", "示范学校0店", "https://market.example.com/item/88001200.html?spm=a1.0")]
    [InlineData("list-broken-json-beside-markup.html", "88001200", "38.50", "示范学校0店", "https://market.example.com/item/88001200.html?spm=a1.0")]
    [InlineData("broken-nul-bytes-and-unclosed-tags.html", "88001200", "38.50", "示范学校0店", "https://market.example.com/item/88001200.html?spm=a1.0")]
    [InlineData("list-in-jsonp.js", "66000123", "28", "卖家0", "fleamarket://item?id=66000123")]
    [InlineData("list-inside-comment-of-code-element.html", "900001", null, "发帖人0号", "https://market.example.com/p/900001")]
    [InlineData("list-without-links-in-json-state.html", "note0a77", null, "账号0", null)]
    [InlineData("list-json-ld-products.html", "SKU-770", "199.00", "示范培训学校", "https://market.example.com/course/0")]
    [InlineData("list-microdata.html", "077001", "120", null, "https://market.example.com/course/077001")]
    [InlineData("list-ad-only-by-label.html", null, null, null, "https://market.example.com/link?u=0")]
    public void Reads_a_list(string name, string? id, string? price, string? seller, string? url)
    {
        var content = PageFixture.Read(name);

        Assert.Equal((PageKind.Search, 5), (content.PageKind, content.Listings.Count));
        var first = content.Listings[0];
        Assert.Equal((FirstTitle, id, seller, url), (first.Title, first.Id, first.Seller, first.Url));
        Assert.Equal(price is null ? null : decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), first.Price);
        Assert.Equal(price is null ? null : "CNY", first.Currency);
    }

    [Fact]
    public void Takes_a_lazy_picture_for_its_placeholder() =>
        Assert.Equal(["https://img.example.com/c0.jpg"], PageFixture.Read("list-price-split-over-elements.html").Listings[0].Images);

    [Fact]
    public void An_ad_label_inside_a_title_is_no_part_of_it() => Assert.Equal(
        [("低压电工实操课 小班面授", ListingKind.Ad), ("户外广告牌安装工具箱", ListingKind.Ad), ("绝缘手套两双 只做户外广告", ListingKind.Listing)],
        PageFixture.Read("list-ad-label-inside-title.html").Listings.Take(3).Select(listing => (listing.Title, listing.Kind)));

    [Fact]
    public void A_card_s_text_leaves_out_what_other_fields_say() => Assert.Equal(
        "功能正常，送电池", PageFixture.Read("list-ad-label-inside-title.html").Listings[3].Text);

    [Fact]
    public void Reads_cells_of_a_table_one_by_one()
    {
        var listings = PageFixture.Read("list-rows-of-three-cells.html").Listings;

        Assert.Equal([20m, 21m, 22m, 23m, 24m, 25m, 26m, 27m, 28m], listings.Select(listing => listing.Price!.Value));
        Assert.Equal(["70000", "70001"], listings.Take(2).Select(listing => listing.Id));
    }

    [Theory]
    [InlineData("https://apiv4.yangkeduo.com/search", "10.90")]
    [InlineData("https://unknown.example.com/search", "1090")]
    public void Counts_in_fen_only_where_the_site_does(string url, string price)
    {
        var content = PageFixture.Read("list-json-gbk-two-documents-in-fen.json", url);

        Assert.Equal(("gb18030", 5), (content.Charset, content.Listings.Count));
        Assert.Equal(decimal.Parse(price, System.Globalization.CultureInfo.InvariantCulture), content.Listings[0].Price);
    }

    [Fact]
    public void Marks_ads_that_only_a_label_tells() =>
        Assert.Equal(
            [ListingKind.Ad, ListingKind.Listing, ListingKind.Listing, ListingKind.Ad, ListingKind.Listing],
            PageFixture.Read("list-ad-only-by-label.html").Listings.Select(listing => listing.Kind));

    [Fact]
    public void Keeps_an_item_apart_from_the_list_beside_it()
    {
        var content = PageFixture.Read("detail-with-related-items.html");

        Assert.Equal(PageKind.Detail, content.PageKind);
        var item = Assert.Single(content.Listings);
        Assert.Equal(("55667788", "低压电工证培训班", 1280m, "王老师"), (item.Id, item.Title, item.Price, item.Seller));
        Assert.Contains("四十课时", item.Text, StringComparison.Ordinal);
        Assert.Equal([new StatedContact("phone", "13800000000")], item.Contacts);
    }

    [Fact]
    public void Reads_a_notice_as_a_page()
    {
        var content = PageFixture.Read("article-notice-with-date-below-title.html");

        Assert.Equal(PageKind.Article, content.PageKind);
        var notice = Assert.Single(content.Listings);
        Assert.Equal((ListingKind.Page, "关于开展电工作业安全检查的通知", "示范县应急管理局", null), (notice.Kind, notice.Title, notice.Seller, notice.Price));
        Assert.Contains("不得以任何形式承诺考试通过", notice.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Recognises_a_look_up_page() =>
        Assert.Equal(PageKind.Lookup, PageFixture.Read("lookup-with-code-field.html").PageKind);

    [Fact]
    public void Gives_the_claimed_total_and_the_neighbouring_pages_of_the_same_host()
    {
        var content = PageFixture.Read("list-price-split-over-elements.html");

        Assert.Equal(360, content.Total);
        Assert.Equal(["https://market.example.com/s?q=x&page=3", "https://market.example.com/s?q=x&page=1"], content.NextPages);
    }

    [Fact]
    public void Uses_only_the_extractors_that_a_source_names()
    {
        var bytes = PageFixture.Bytes("list-json-ld-products.html");
        var url = new Uri("https://market.example.com/x");

        Assert.Equal(5, PageReader.WithExtractors(["json-ld"]).Read(bytes, url).Listings.Count);
        Assert.Empty(PageReader.WithExtractors(["microdata"]).Read(bytes, url).Listings);
    }

    [Fact]
    public void Refuses_an_extractor_that_does_not_exist() =>
        Assert.Contains("repeated-blocks", Assert.Throws<ArgumentException>(() => PageReader.WithExtractors(["xpath"])).Message, StringComparison.Ordinal);
}
