namespace Surveillance.Tests.Extraction;

/// <summary>Pages by eighteen authors who never saw the program; <c>data/pages/written/README.md</c> says more.</summary>
public sealed class StrangerPagesTests
{
    [Theory]
    [InlineData("a", 1, 1, 1, 0.94, 0.9)]
    [InlineData("b", 1, 1, 1, 0.94, 0.9)]
    [InlineData("c", 1, 1, 0.9, 0.94, 0.9)]
    [InlineData("d", 1, 1, 0.95, 0.94, 0.9)]
    [InlineData("e", 1, 0.97, 0.83, 0.84, 1)]
    [InlineData("f", 1, 1, 1, 0.97, 1)]
    [InlineData("g", 1, 1, 1, 0.87, 1)]
    [InlineData("h", 1, 0.97, 1, 0.93, 1)]
    [InlineData("i", 1, 1, 0.87, 0.9, 1)]
    [InlineData("j", 1, 1, 1, 0.88, 1)]
    [InlineData("k", 1, 1, 0.5, 0.88, 1)]
    [InlineData("l", 1, 0.97, 0.95, 0.86, 1)]
    [InlineData("m", 1, 1, 1, 0.9, 0.92)]
    [InlineData("n", 1, 1, 1, 0.97, 0.92)]
    [InlineData("o", 1, 1, 1, 0.9, 1)]
    [InlineData("p", 1, 1, 1, 0.95, 1)]
    [InlineData("q", 1, 0.97, 1, 0.94, 1)]
    [InlineData("r", 1, 1, 0.94, 0.95, 1)]
    public void Are_read_as_well_as_before(string author, double blocked, double title, double price, double seller, double count)
    {
        var pages = new SavedPages();
        foreach (var page in Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Extraction", "Pages", "Written", author)))
        {
            pages.Read(page);
        }

        Assert.InRange(pages.Share("blocked"), blocked, 1);
        Assert.Equal(1, pages.Share("open"));
        Assert.InRange(pages.Share("title"), title, 1);
        Assert.InRange(pages.Share("price"), price, 1);
        Assert.InRange(pages.Share("seller"), seller, 1);
        Assert.InRange(pages.Share("count"), count, 1);
    }
}
