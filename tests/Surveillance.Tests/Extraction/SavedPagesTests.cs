
namespace Surveillance.Tests.Extraction;

public sealed class SavedPagesTests
{
    [Fact]
    public void Are_read_at_least_as_well_as_before()
    {
        if (SavedPages.Folder is not { } folder)
        {
            Assert.Skip("../shared/pages is not beside the repository.");
            return;
        }

        var pages = new SavedPages();
        foreach (var page in Directory.GetDirectories(folder).Where(page => File.Exists(Path.Combine(page, "expected.json"))))
        {
            pages.Read(page);
        }

        Assert.Equal(1, pages.Share("blocked"));
        Assert.Equal(1, pages.Share("open"));
        Assert.InRange(pages.Share("title"), 0.98, 1);
        Assert.InRange(pages.Share("price"), 0.98, 1);
        Assert.InRange(pages.Share("seller"), 0.92, 1);
        Assert.InRange(pages.Share("count"), 0.95, 1);
    }
}
