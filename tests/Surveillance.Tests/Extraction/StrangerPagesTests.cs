namespace Surveillance.Tests.Extraction;

/// <summary>Sixty pages of invented sites by two authors who never saw the program; <c>Pages/Strangers/README.md</c> says more.</summary>
public sealed class StrangerPagesTests
{
    [Theory]
    [InlineData("a", 1)]
    [InlineData("b", 1.0 / 3)]
    public void Are_read_as_well_as_before(string author, double blocked)
    {
        var pages = new SavedPages();
        foreach (var page in Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "Extraction", "Pages", "Strangers", author)))
        {
            pages.Read(page);
        }

        Assert.InRange(pages.Share("blocked"), blocked, 1);
        Assert.Equal(1, pages.Share("open"));
        Assert.Equal(1, pages.Share("title"));
        Assert.Equal(1, pages.Share("price"));
        Assert.InRange(pages.Share("seller"), 0.98, 1);
        Assert.Equal(1, pages.Share("count"));
    }
}
