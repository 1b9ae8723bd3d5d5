using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Frontier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Operators;

public sealed class RelistingTests : IDisposable
{
    private const string Text = "本店办理低压电工操作证，免考免培训，三天出证，官网可查，先拿证后付款。需要的把身份证和照片发过来就行，全程不用您操心，老客户介绍有优惠。";

    private const string Dearer = "本店办理低压电工操作证，免考免培训，三天出证，官网可查，先拿证后付款，780元。需要的把身份证和照片发过来就行，全程不用您操心，老客户介绍有优惠哦。";

    private readonly OperatorBook _book = new();

    public void Dispose() => _book.Dispose();

    [Fact]
    public void A_copy_that_appears_after_the_old_one_went_stands_for_it()
    {
        var old = _book.Put(OperatorBook.Offer("1", text: Text));
        _book.Gone("1", day: 1);
        var again = _book.Put(OperatorBook.Offer("2", text: Dearer), day: 2);

        var relisted = _book.Group(again).RelistOf!;
        Assert.Equal((old, "1", Some.Noon.AddDays(1), LeadState.New), (relisted.Id, relisted.ItemId, relisted.GoneAt, relisted.State!.Value));
        Assert.Null(_book.Group(old).RelistOf);
    }

    [Fact]
    public void It_is_tied_also_when_the_old_one_is_found_gone_only_later()
    {
        var old = _book.Put(OperatorBook.Offer("1", text: Text));
        var again = _book.Put(OperatorBook.Offer("2", text: Dearer), day: 2);
        Assert.Null(_book.Group(again).RelistOf);

        _book.Gone("1", day: 3);

        Assert.Equal(old, _book.Group(again).RelistOf!.Id);
    }

    [Fact]
    public void A_listing_that_stood_beside_the_old_one_is_a_duplicate_not_a_relisting()
    {
        _book.Put(OperatorBook.Offer("1", text: Text));
        var beside = _book.Put(OperatorBook.Offer("2", text: Dearer));
        _book.Put(OperatorBook.Offer("1", text: Text), day: 1);
        _book.Gone("1", day: 2);

        Assert.Null(_book.Group(beside).RelistOf);
    }

    [Fact]
    public void The_tie_is_undone_when_the_old_one_comes_back()
    {
        _book.Put(OperatorBook.Offer("1", text: Text));
        _book.Gone("1", day: 1);
        var again = _book.Put(OperatorBook.Offer("2", text: Dearer), day: 2);
        _book.Put(OperatorBook.Offer("1", text: Text), day: 3);

        Assert.Null(_book.Group(again).RelistOf);
    }

    [Theory]
    [InlineData("转转", Dearer)]
    [InlineData("闲鱼", "我们和考点有合作，高压电工证可以安排替考，座位和试题都提前安排好，考不过全额退款。报名只收定金两百，出成绩后付尾款。")]
    public void Another_platform_or_another_wording_is_another_listing(string platform, string text)
    {
        _book.Put(OperatorBook.Offer("1", text: Text, seller: "老王考证"));
        _book.Gone("1", day: 1);
        var other = _book.Put(OperatorBook.Offer("2", text: text, seller: "老王考证", platform: platform), day: 2);

        Assert.Null(_book.Group(other).RelistOf);
    }

    [Fact]
    public async Task A_page_that_a_crawl_finds_gone_marks_its_listing()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var store = CrawlStoreOf(_book.Database);
        var url = "https://market.example/item/1";
        var old = _book.Put(OperatorBook.Offer("1", text: Text));
        var run = Assert.IsType<BeginRunOutcome.Began>(await store.BeginRunAsync("some-source", [new FrontierEntry(url, PageRole.Detail, 1)], cancellationToken)).RunId;
        var page = (await store.LeaseAsync(run, new LeaseWish(1, 1, TimeSpan.FromMinutes(5), new HashSet<string>()), cancellationToken)).Pages.Single();
        var content = new PageContent(url, "utf-8", PageKind.Other, PageOutcome.Gone, null, null, []);

        await store.CommitAsync(new PageRecord(page, PageState.Gone, "已下架", null, Some.Capture(url) with { CapturedAt = Some.Noon.AddDays(1) }, content, [], []), cancellationToken);
        var again = _book.Put(OperatorBook.Offer("2", text: Dearer), day: 2);

        Assert.Equal(old, _book.Group(again).RelistOf!.Id);
    }

    private static CrawlStore CrawlStoreOf(Database database) =>
        new(database, new ListingStore(Some.Classifier, TimeProvider.System), new SourceStates(database, TimeProvider.System), TimeProvider.System);
}
