using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Listings;
using Surveillance.Api.Operators;
using Surveillance.Classifier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Operators;

public sealed class OperatorGroupingTests : IDisposable
{
    private const string Text = "本店办理低压电工操作证，免考免培训，三天出证，官网可查，先拿证后付款。需要的把身份证和照片发过来就行，全程不用您操心，老客户介绍有优惠。";

    private const string Copy = "本店在武汉办·理低压电工操作证，免考免培训，三天出z，官網可查，先拿証后付款，680元。需要的把身份证和照片发过来就行，全程不用您操心，老客户介绍有优惠。";

    private const string Other = "我们和考点有合作，高压电工证可以安排替考，座位和试题都提前安排好，考不过全额退款。报名只收定金两百，出成绩后付尾款，半个月就能查到证书。";

    private readonly OperatorBook _book = new();

    public void Dispose() => _book.Dispose();

    [Theory]
    [InlineData("电话13800000000", "一三八零零零零零零零零 微信同号", "phone", "13800000000")]
    [InlineData("加微信 abc_12345", "薇❤：ABC_12345", "wechat", "abc_12345")]
    [InlineData("电话13800000000", "微信13800000000", "phone", "13800000000")]
    [InlineData("QQ 123456789", "扣扣：１２３４５６７８９", "qq", "123456789")]
    [InlineData("店铺 https://www.example.com/u/77/", "店铺 http://example.com/u/77?utm_source=x", "link", "example.com/u/77")]
    public void One_contact_ties_listings_across_platforms(string one, string other, string kind, string value)
    {
        var first = _book.Put(OperatorBook.Offer("1", text: one));
        var second = _book.Put(OperatorBook.Offer("2", "高压电工证保过", other, platform: "转转"));

        var tie = Assert.Single(_book.Group(first).Ties);
        Assert.Equal(second, tie.Id);
        Assert.Contains(new TieReason(kind, value, null), tie.Reasons);
        Assert.Null(tie.Via);
    }

    [Fact]
    public void A_contact_that_a_page_states_in_a_field_of_its_own_ties_too()
    {
        var first = _book.Put(OperatorBook.Offer("1") with { Contacts = [new StatedContact("phone", "+86 138-0000-0000")] });
        var second = _book.Put(OperatorBook.Offer("2", text: "电话13800000000", platform: "转转"));

        Assert.True(_book.AreTied(first, second));
    }

    [Theory]
    [InlineData("phone", "138****0000")]
    [InlineData("qr", "扫码加")]
    [InlineData("link", "https://cx.mem.gov.cn")]
    [InlineData("link", "https://market.example/help")]
    [InlineData("wechat", "wx")]
    public void A_contact_that_leads_to_nobody_in_particular_ties_nobody(string kind, string value)
    {
        var first = _book.Put(OperatorBook.Offer("1") with { Contacts = [new StatedContact(kind, value)] });
        var second = _book.Put(OperatorBook.Offer("2") with { Contacts = [new StatedContact(kind, value)] });

        Assert.False(_book.AreTied(first, second));
    }

    [Theory]
    [InlineData("老王考证", "闲鱼", "老王考证", "闲鱼", true)]
    [InlineData("老王考证", "闲鱼", "老王考证", "转转", false)]
    [InlineData("某市安达职业培训学校", "闲鱼", "某市安达职业培训学校", "转转", true)]
    [InlineData("匿名用户", "闲鱼", "匿名用户", "闲鱼", false)]
    [InlineData("老***证", "闲鱼", "老***证", "闲鱼", false)]
    public void Sellers_are_one_by_name_on_a_platform_and_firms_everywhere(string seller, string platform, string other, string otherPlatform, bool tied)
    {
        var first = _book.Put(OperatorBook.Offer("1", seller: seller, platform: platform));
        var second = _book.Put(OperatorBook.Offer("2", "高压电工证保过", seller: other, platform: otherPlatform));

        Assert.Equal(tied, _book.AreTied(first, second));
    }

    [Fact]
    public void Near_wordings_tie_and_say_how_near()
    {
        var first = _book.Put(OperatorBook.Offer("1", text: Text));
        var second = _book.Put(OperatorBook.Offer("2", text: Copy, platform: "转转"));
        var third = _book.Put(OperatorBook.Offer("3", "高压电工证代考", Other));

        var reason = Assert.Single(Assert.Single(_book.Group(first).Ties).Reasons);
        Assert.InRange(reason.Likeness!.Value, 0.75, 1);
        Assert.True(_book.AreTied(first, second));
        Assert.False(_book.AreTied(first, third));
    }

    [Fact]
    public void A_short_title_that_everybody_writes_ties_nobody()
    {
        var first = _book.Put(OperatorBook.Offer("1"));
        Assert.False(_book.AreTied(first, _book.Put(OperatorBook.Offer("2"))));
    }

    [Fact]
    public void A_chain_is_one_operator_and_says_through_which_listing()
    {
        var first = _book.Put(OperatorBook.Offer("1", text: "电话13800000000"));
        var middle = _book.Put(OperatorBook.Offer("2", text: "电话13800000000 QQ 123456789"));
        var last = _book.Put(OperatorBook.Offer("3", text: "QQ 123456789"));

        var group = _book.Group(first);
        Assert.Equal((3, 3), (group.Listings, group.Leads));
        Assert.Equal([(middle, null), (last, (LeadId?)middle)], group.Ties.Select(tie => (tie.Id, tie.Via)));
    }

    [Fact]
    public void A_platform_s_hotline_ties_nobody_and_says_so()
    {
        var ids = Enumerable.Range(0, OperatorGraph.MostSellers + 5)
            .Select(n => _book.Put(OperatorBook.Offer($"{n}", text: "客服电话400-000-1234") with { Contacts = [new StatedContact("phone", "400-000-1234")] })).ToList();

        Assert.All(ids, id => Assert.Equal(1, _book.Group(id).Listings));
        Assert.Equal([new CommonMark("phone", "4000001234", OperatorGraph.MostSellers + 1)], _book.Group(ids[0]).Common);
    }

    [Fact]
    public void One_seller_s_many_listings_are_one_operator_s_however_many()
    {
        var ids = Enumerable.Range(0, 60).Select(n => _book.File(OperatorBook.Offer($"{n}", text: "电话13800000000", seller: "老王考证"))).ToList();
        _book.Grouping.CatchUp(TestContext.Current.CancellationToken);

        Assert.Equal(60, _book.Group(ids[0]).Listings);
        Assert.Equal(OperatorStore.MostTies, _book.Group(ids[0]).Ties.Count);
    }

    [Fact]
    public void A_text_that_everybody_copies_ties_nobody()
    {
        var ids = Enumerable.Range(0, OperatorGraph.MostSellers + 5).Select(n => _book.Put(OperatorBook.Offer($"{n}", text: Text))).ToList();

        Assert.All(ids, id => Assert.Equal(1, _book.Group(id).Listings));
        Assert.Equal("wording", Assert.Single(_book.Group(ids[0]).Common).Kind);
    }

    [Fact]
    public void A_contact_that_was_edited_out_still_ties()
    {
        var first = _book.Put(OperatorBook.Offer("1", text: "电话13800000000"));
        _book.Put(OperatorBook.Offer("1", text: "联系方式私聊"), day: 1);
        var second = _book.Put(OperatorBook.Offer("2", text: "电话13800000000"), day: 2);

        Assert.True(_book.AreTied(first, second));
    }

    [Fact]
    public void What_only_a_cut_off_excerpt_seemed_to_say_ties_no_more()
    {
        var first = _book.File(OperatorBook.Offer("1", text: "QQ 12345678"), isExcerpt: true);
        var second = _book.Put(OperatorBook.Offer("2", text: "QQ 12345678"));
        Assert.True(_book.AreTied(first, second));

        _book.Put(OperatorBook.Offer("1", text: "QQ 1234567899，随时咨询"));

        Assert.False(_book.AreTied(first, second));
    }

    [Fact]
    public void The_order_of_filing_makes_no_difference_and_a_rebuild_none_either()
    {
        var offers = Mixed();
        foreach (var offer in offers)
        {
            _book.Put(offer);
        }

        using var other = new OperatorBook();
        foreach (var offer in Enumerable.Reverse(offers))
        {
            other.File(offer);
        }

        other.Grouping.CatchUp(TestContext.Current.CancellationToken);
        var groups = _book.Everything();

        Assert.Equal(groups, other.Everything());
        _book.Grouping.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(groups, _book.Everything());
    }

    [Fact]
    public void What_was_filed_before_a_process_died_is_grouped_by_the_next()
    {
        var first = _book.File(OperatorBook.Offer("1", text: "电话13800000000"));
        var second = _book.File(OperatorBook.Offer("2", text: "电话13800000000"));
        Assert.False(_book.AreTied(first, second));

        var grouped = new OperatorGrouping(_book.Database, new MarkReader(Some.Classifier)).CatchUp(TestContext.Current.CancellationToken);

        Assert.Equal(2, grouped);
        Assert.True(_book.AreTied(first, second));
        Assert.Equal(0, _book.Grouping.CatchUp(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Replay_works_the_groups_out_again()
    {
        var first = _book.Put(OperatorBook.Offer("1", text: "电话13800000000"));
        var second = _book.Put(OperatorBook.Offer("2", text: "电话13800000000"));
        using (var connection = _book.Database.Open())
        {
            connection.Execute("DELETE FROM operator_member; DELETE FROM operator_mark");
        }

        new Replay(_book.Database, Some.Classifier, _book.Grouping, TimeProvider.System).Run(new DateOnly(2026, 11, 1), TestContext.Current.CancellationToken);

        Assert.True(_book.AreTied(first, second));
    }

    [Fact]
    public async Task A_list_of_leads_can_hold_one_operator_s_only()
    {
        var first = _book.Put(OperatorBook.Offer("1", text: "电话13800000000"));
        var second = _book.Put(OperatorBook.Offer("2", text: "电话13800000000"));
        var alone = _book.Put(OperatorBook.Offer("3"));
        var leads = new LeadStore(_book.Database, TimeProvider.System);

        async Task<IEnumerable<LeadId>> OfAsync(LeadId id) =>
            (await leads.ListAsync(new LeadFilter { Operator = id }, 0, 10, TestContext.Current.CancellationToken)).Rows.Select(row => row.Id);

        Assert.Equal([first, second], (await OfAsync(second)).OrderBy(id => id != first));
        Assert.Equal([alone], await OfAsync(alone));
        Assert.Equal(_book.Group(first).Id, (await leads.FindAsync(second, TestContext.Current.CancellationToken))!.Row.Operator);
    }

    [Fact]
    public void A_listing_that_is_not_known_has_no_group() => Assert.Null(_book.Operators.Find(LeadId.Parse("00000000000000000000")));

    /// <summary>Contacts, chains, copies, a hotline, boilerplate and strangers.</summary>
    private static List<Listing> Mixed() =>
    [
        .. Enumerable.Range(0, OperatorGraph.MostSellers + 3).Select(n => OperatorBook.Offer($"1{n:00}", text: $"客服电话400-000-1234，{(n % 5 == 0 ? "QQ 55555555" : "")}")),
        .. Enumerable.Range(0, OperatorGraph.MostSellers + 3).Select(n => OperatorBook.Offer($"2{n:00}", text: Other)),
        OperatorBook.Offer("301", text: Text),
        OperatorBook.Offer("302", text: Copy),
        OperatorBook.Offer("303", text: Copy + "电话13800000000"),
        OperatorBook.Offer("304", text: "微信13800000000 QQ 123456789"),
        OperatorBook.Offer("305", text: "QQ 123456789", seller: "老王考证"),
        OperatorBook.Offer("306", seller: "老王考证"),
        OperatorBook.Offer("307"),
    ];
}
