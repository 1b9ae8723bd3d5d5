using Dapper;
using Surveillance.Api.Leads;
using Surveillance.Api.Operators;
using Surveillance.Api.Pictures;
using Surveillance.Classifier.Likeness;
using Surveillance.Crawler.Pictures;
using Surveillance.Tests.Pictures;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Operators;

public sealed class PictureTieTests : IDisposable
{
    private readonly OperatorBook _book = new();

    public void Dispose() => _book.Dispose();

    [Fact]
    public async Task Near_pictures_tie_listings_and_say_so()
    {
        var first = await PutAsync("1", Drawn.Print(Drawn.Poster(1)));
        var second = await PutAsync("2", Drawn.Print(Drawn.Copy(Drawn.PosterImage(1), "cut, scaled, JPEG")), "转转");
        var stranger = await PutAsync("3", Drawn.Print(Drawn.Poster(2)), "转转");

        var tie = Assert.Single(_book.Group(first).Ties);
        var reason = Assert.Single(tie.Reasons);
        Assert.Equal((second, MarkKind.Image, (string?)null), (tie.Id, reason.Kind, reason.Value));
        Assert.InRange(reason.Likeness!.Value, 1 - (PicturePrint.Near / 256.0) - 0.001, 1);
        Assert.StartsWith("图片相近 9", OperatorWording.Of(reason), StringComparison.Ordinal);
        Assert.Empty(_book.Group(stranger).Ties);
    }

    [Fact]
    public async Task The_same_picture_and_wording_are_two_reasons()
    {
        const string Text = "本店办理低压电工操作证，免考免培训，三天出证，官网可查，先拿证后付款。需要的把身份证和照片发过来就行，全程不用您操心，老客户介绍有优惠。";
        var first = await PutAsync("1", Drawn.Print(Drawn.Poster(1)), text: Text);
        await PutAsync("2", Drawn.Print(Drawn.Poster(1)), "转转", Text);

        Assert.Equal(
            ["图片相近 100%", "文字相同（地名、数字除外）"],
            Assert.Single(_book.Group(first).Ties).Reasons.Select(OperatorWording.Of).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_picture_that_many_sellers_show_ties_nobody()
    {
        var placeholder = Drawn.Print(Drawn.Poster(1));
        var ids = new List<LeadId>();
        for (var item = 1; item <= OperatorGraph.MostSellers + 1; item++)
        {
            ids.Add(await PutAsync($"{item}", placeholder));
        }

        Assert.All(ids, id => Assert.Empty(_book.Group(id).Ties));
        var common = Assert.Single(_book.Group(ids[0]).Common);
        Assert.Equal($"图片见于 {OperatorGraph.MostSellers + 1} 个以上经营者", OperatorWording.Of(common));
    }

    [Fact]
    public async Task Groups_do_not_depend_on_the_order_of_pictures()
    {
        var pictures = Enumerable.Range(1, 6).SelectMany(number => (PicturePrint[])
            [Drawn.Print(Drawn.Poster(number)), Drawn.Print(Drawn.Copy(Drawn.PosterImage(number), "cut by 4 %")), Drawn.Print(Drawn.Copy(Drawn.PosterImage(number), "mirrored"))]).ToList();
        using var backwards = new OperatorBook();
        for (var place = 0; place < pictures.Count; place++)
        {
            await PutAsync($"{place}", pictures[place]);
            await PutAsync($"{pictures.Count - 1 - place}", pictures[pictures.Count - 1 - place], book: backwards);
        }

        var groups = _book.Everything();
        Assert.Equal(groups, backwards.Everything());
        _book.Grouping.Rebuild(TestContext.Current.CancellationToken);
        Assert.Equal(groups, _book.Everything());
        using var connection = _book.Database.Open();
        Assert.Equal(6, connection.ExecuteScalar<int>("SELECT count(DISTINCT operator_id) FROM operator_member"));
    }

    private async Task<LeadId> PutAsync(string item, PicturePrint print, string platform = "闲鱼", string? text = null, OperatorBook? book = null)
    {
        book ??= _book;
        var id = book.Put(OperatorBook.Offer(item, text: text, platform: platform));
        var picture = new WantedPicture($"https://img.example/{item}.jpg", [id.Value]);
        await new PictureStore(book.Database, new ManualTimeProvider(Some.Noon))
            .CommitAsync(new PictureRecord(picture, "some-source", RunId: null, PictureState.Done, Reason: null, Capture: null, print), TestContext.Current.CancellationToken);
        book.Grouping.CatchUp(TestContext.Current.CancellationToken);
        return id;
    }
}
