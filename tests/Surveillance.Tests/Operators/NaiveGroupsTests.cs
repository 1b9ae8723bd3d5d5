using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Operators;
using Surveillance.Classifier;

namespace Surveillance.Tests.Operators;

/// <summary>Grouping a drawn market piece by piece, with edits and departures between, against <see cref="NaiveGroups"/>.</summary>
public sealed class NaiveGroupsTests : IDisposable
{
    private const int Items = 360;

    private static readonly string[] Clauses =
    [
        "免考免培训", "三天出证", "官网可查", "先拿证后付款", "全程不用您操心", "老客户介绍有优惠", "考不过全额退款", "座位和试题都提前安排好", "报名只收定金两百", "半个月就能查到证书",
        "身份证和照片发过来就行", "人脸识别也能解决", "工厂批量办理价格面议", "我们和考点有合作", "证书全国通用", "支持验货满意再付款", "急用的可以加急", "各地都有合作机构", "复审换证一起办", "名额有限先到先得",
    ];

    /// <summary>Of a text that so many publish with one clause changed that its bands become boilerplate.</summary>
    private const string Boilerplate = "本平台提示：交易请走官方担保，不要相信站外付款，收到证书请核对编号姓名和有效期，如遇纠纷请及时联系客服处理，谨防上当受骗，祝您购物愉快生活顺利工作进步";

    private readonly OperatorBook _book = new();
    private readonly Random _random = new(20261126);

    public void Dispose() => _book.Dispose();

    [Fact]
    public void Operators_ties_and_reasons_are_those_of_a_comparison_of_each_with_each()
    {
        for (var item = 0; item < Items; item++)
        {
            _book.File(Drawn(item), isExcerpt: _random.Next(4) == 0);
            if (item % 5 == 4)
            {
                _book.File(Drawn(_random.Next(item)), day: 1 + (item / 50));
            }

            if (item % 37 == 36)
            {
                _book.Grouping.CatchUp(TestContext.Current.CancellationToken);
            }
        }

        _book.Grouping.CatchUp(TestContext.Current.CancellationToken);
        var expected = new NaiveGroups(_book.Database);

        Assert.NotEqual(0, expected.OnlyByBoilerplate);
        Assert.Equal(expected.Near, Lines("SELECT printf('%s %s %.4f', digest, other, likeness) FROM wording_pair ORDER BY digest, other"));
        Assert.Equal(expected.Members(), Lines("SELECT listing_id || ' ' || operator_id FROM operator_member ORDER BY listing_id"));
        var ties = expected.Ties;
        Assert.Contains(ties.Values, tied => tied.Values.Any(reasons => reasons.Contains("文字相近", StringComparison.Ordinal)));
        Assert.Contains(ties.Values, tied => tied.Count == 0);
        foreach (var (id, tied) in ties.Where(listing => listing.Value.Count < OperatorStore.MostTies))
        {
            Assert.Equal(tied, DirectTies(LeadId.Parse(id)));
        }
    }

    /// <summary>The same item drawn again changes its text, and sometimes its seller.</summary>
    private Listing Drawn(int item)
    {
        var clauses = _random.GetItems(Clauses, _random.Next(6, 12));
        var text = _random.Next(10) switch
        {
            < 2 => "二手书桌，实木的，可以自提",
            < 7 => $"{Boilerplate}，{string.Join('，', clauses[.._random.Next(1, 6)])}",
            < 8 => $"{string.Join('，', Clauses[..9])}，{Clauses[_random.Next(9, Clauses.Length)]}",
            _ => string.Join('，', clauses),
        };
        text += _random.Next(9) switch
        {
            0 => $"，电话138000000{_random.Next(10, 40)}",
            1 => $"，QQ 1234567{_random.Next(10, 40)}",
            2 or 3 => "，客服电话400-000-1234",
            _ => "",
        };
        return OperatorBook.Offer(
            $"{item}", _random.Next(3) == 0 ? "高压电工证代考" : "低压电工证包过", text, _random.Next(4) == 0 ? $"店铺{_random.Next(60)}" : null, _random.Next(3) == 0 ? "转转" : "闲鱼");
    }

    private List<string> Lines(string sql)
    {
        using var connection = _book.Database.Open();
        return connection.Query<string>(sql).AsList();
    }

    private SortedDictionary<string, string> DirectTies(LeadId id) => new(
        _book.Group(id).Ties.Where(tie => tie.Via is null)
            .ToDictionary(tie => tie.Id.Value, tie => string.Join('；', tie.Reasons.Select(OperatorWording.Of).Order(StringComparer.Ordinal))),
        StringComparer.Ordinal);
}
