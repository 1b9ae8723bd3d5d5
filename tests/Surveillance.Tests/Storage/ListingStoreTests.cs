using Dapper;
using Surveillance.Api.Listings;
using Surveillance.Api.Storage;
using Surveillance.Classifier;
using Surveillance.Crawler.Frontier;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Storage;

public sealed class ListingStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly ListingStore _store = new(Some.Classifier, TimeProvider.System);

    public ListingStoreTests() => _database = new Database(Path.Combine(_folder.Path, "records.db"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_listing_is_known_by_platform_and_item_id_whatever_its_address()
    {
        File(Some.Listing());
        var again = File(Some.Listing() with { Url = "https://m.market.example/i?itemId=100000000001" }, origin: "capture:2");

        Assert.Equal(FiledAs.SeenAgain, again.As);
        Assert.Equal(1, Count("listing"));
        Assert.Equal(2, Count("sighting"));
    }

    [Fact]
    public void An_id_is_the_first_twenty_digits_of_the_key_s_digest() =>
        Assert.Equal("175c14970ec6f2fd2f57", File(Some.Listing()).Id);

    [Fact]
    public void Filing_the_same_sighting_again_changes_nothing()
    {
        File(Some.Listing());
        var again = File(Some.Listing());

        Assert.Equal(FiledAs.Unchanged, again.As);
        Assert.Equal(1, Count("sighting"));
        Assert.Equal(1, Count("listing_version"));
    }

    [Theory]
    [InlineData("低压电工证培训 包过", "随到随学", 380)]
    [InlineData("低压电工证培训", "包过", 380)]
    [InlineData("低压电工证培训", "随到随学", 1)]
    public void A_changed_title_text_or_price_makes_a_new_version(string title, string text, int price)
    {
        File(Some.Listing());
        var changed = File(Some.Listing(title: title, text: text, price: price), origin: "capture:2", at: Some.Noon.AddDays(1));

        Assert.Equal(FiledAs.Changed, changed.As);
        Assert.Equal(2, Count("listing_version"));
        Assert.Equal(2, Scalar<long>("SELECT version FROM listing"));
    }

    [Fact]
    public void An_excerpt_on_a_list_page_does_not_replace_the_full_text()
    {
        File(Some.Listing(text: "随到随学，全程面授，考前串讲"));
        var excerpt = File(Some.Listing(text: "随到随学，全程…"), origin: "capture:2", isExcerpt: true);
        var without = File(Some.Listing(text: null), origin: "capture:3", isExcerpt: true);

        Assert.Equal(FiledAs.SeenAgain, excerpt.As);
        Assert.Equal(FiledAs.SeenAgain, without.As);
        Assert.Equal("随到随学，全程面授，考前串讲", Scalar<string>("SELECT text FROM listing_version"));
    }

    [Fact]
    public void A_detail_page_completes_what_a_list_page_showed_and_is_assessed_anew()
    {
        File(Some.Listing(text: "随到随学…"), isExcerpt: true);
        var whole = File(Some.Listing(text: "随到随学，包过"), origin: "capture:2", types: ["guarantee"]);

        Assert.Equal(FiledAs.SeenAgain, whole.As);
        Assert.Equal(1, Count("listing_version"));
        Assert.Equal("随到随学，包过", Scalar<string>("SELECT text FROM listing_version"));
        Assert.Equal("guarantee", Scalar<string>("SELECT type FROM finding"));
    }

    [Fact]
    public void A_list_page_laid_out_otherwise_tells_of_no_change_in_the_text_but_of_one_in_the_price()
    {
        File(Some.Listing(text: "随到随学…"), isExcerpt: true);
        var other = File(Some.Listing(text: "包邮 随到"), origin: "capture:2", isExcerpt: true, source: "other-source");
        var dearer = File(Some.Listing(text: "包邮 随到", price: 400m), origin: "capture:3", isExcerpt: true, source: "other-source");

        Assert.Equal(FiledAs.SeenAgain, other.As);
        Assert.Equal(FiledAs.Changed, dearer.As);
    }

    [Fact]
    public void A_list_page_that_shows_the_lower_end_of_a_price_range_tells_of_no_change()
    {
        File(Some.Listing() with { PriceMax = 800m });
        Assert.Equal(FiledAs.SeenAgain, File(Some.Listing(), origin: "capture:2", isExcerpt: true).As);
    }

    [Fact]
    public void A_price_written_otherwise_is_no_change()
    {
        File(Some.Listing(price: 39m));
        Assert.Equal(FiledAs.SeenAgain, File(Some.Listing(price: 39.00m), origin: "capture:2").As);
    }

    [Fact]
    public void A_detail_page_that_dropped_words_is_a_change()
    {
        File(Some.Listing(text: "随到随学，包过"));
        var shortened = File(Some.Listing(text: "随到随学"), origin: "capture:2", at: Some.Noon.AddDays(1));

        Assert.Equal(FiledAs.Changed, shortened.As);
    }

    [Fact]
    public void An_older_sighting_is_kept_but_does_not_become_the_current_version()
    {
        File(Some.Listing());
        File(Some.Listing(text: "旧文字"), origin: "import:feed", at: Some.Noon.AddDays(-30));

        Assert.Equal(1, Scalar<long>("SELECT version FROM listing"));
        Assert.Equal(2, Count("listing_version"));
        Assert.Equal(StoredTime.Of(Some.Noon.AddDays(-30)), Scalar<string>("SELECT first_seen FROM listing"));
        Assert.Equal(StoredTime.Of(Some.Noon), Scalar<string>("SELECT last_seen FROM listing"));
    }

    [Fact]
    public void What_an_excerpt_leaves_out_is_assessed_all_the_same()
    {
        File(Some.Listing(title: "电工证培训", text: "包过，不过全额退款"), types: ["guarantee"]);
        File(Some.Listing(title: "电工证培训新班", text: null), origin: "capture:2", at: Some.Noon.AddDays(1), isExcerpt: true);

        Assert.Equal("guarantee", Scalar<string>("SELECT type FROM finding WHERE type = 'guarantee'"));
    }

    private FiledListing File(
        Listing listing, string origin = "capture:1", DateTimeOffset? at = null, bool isExcerpt = false, string[]? types = null, string source = "some-source") =>
        _database.Write((connection, transaction) => _store.File(
            connection,
            transaction,
            new AssessedListing(listing, Some.Assessment(listing.Id, types ?? [])),
            new Sighting(source, at ?? Some.Noon, origin, CaptureId: null, RunId: null, isExcerpt)));

    private long Count(string table) => Scalar<long>($"SELECT count(*) FROM {table}");

    private T? Scalar<T>(string sql)
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<T>(sql);
    }
}
