using Surveillance.Crawler.Extraction.Fields;

namespace Surveillance.Tests.Extraction;

public sealed class ItemIdTests
{
    [Theory]
    [InlineData("https://item.example.com/item.htm?spm=a&id=562283240178&x=1", "562283240178")]
    [InlineData("https://example.com/goods.html?goods_id=66720916", "66720916")]
    [InlineData("https://item.example.com/2782640.html", "2782640")]
    [InlineData("https://suzhou.example.com/wupinhuishou/a1956764028.html", "1956764028")]
    [InlineData("https://example.com/p/9079949995#reply", "9079949995")]
    [InlineData("fleamarket://item?id=845090278669", "845090278669")]
    [InlineData("https://example.com/list?page=2", null)]
    [InlineData("https://example.com/news/12.html", null)]
    [InlineData(null, null)]
    public void Comes_from_the_address_and_is_never_a_rank(string? url, string? expected) =>
        Assert.Equal(expected, ItemId.OfUrl(url));
}
