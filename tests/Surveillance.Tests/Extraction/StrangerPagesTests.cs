namespace Surveillance.Tests.Extraction;

/// <summary>Pages by fifteen authors who never saw the program; <c>data/pages/written/README.md</c> says more.</summary>
public sealed class StrangerPagesTests
{
    [Theory]
    [InlineData("a", 1, 1)]
    [InlineData("b", 1, 1)]
    [InlineData("c", 1, 0.9)]
    [InlineData("d", 1, 0.95)]
    public void Are_read_as_well_as_before(string author, double blocked, double price)
    {
        var pages = new SavedPages();
        foreach (var page in Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Extraction", "Pages", "Written", author)))
        {
            pages.Read(page);
        }

        Assert.InRange(pages.Share("blocked"), blocked, 1);
        Assert.Equal(1, pages.Share("open"));
        Assert.Equal(1, pages.Share("title"));
        Assert.InRange(pages.Share("price"), price, 1);
        Assert.InRange(pages.Share("seller"), 0.94, 1);
        Assert.InRange(pages.Share("count"), 0.9, 1);
    }
}
