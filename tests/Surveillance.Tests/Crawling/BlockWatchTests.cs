using Surveillance.Crawler.Frontier;
using Surveillance.Crawler.Sources;

namespace Surveillance.Tests.Crawling;

public sealed class BlockWatchTests
{
    [Theory]
    [InlineData("", BlockLevel.Normal)]
    [InlineData("bbbbbbbbb", BlockLevel.Normal)]
    [InlineData("bbbbbbbbbb", BlockLevel.Slow)]
    [InlineData("oooooooobb", BlockLevel.Normal)]
    [InlineData("ooooooobbb", BlockLevel.Slow)]
    [InlineData("ooooooobbbbbbbbbbbb", BlockLevel.Slow)]
    [InlineData("oooooobbbbbbbbbbbbbb", BlockLevel.Pause)]
    public void Slows_a_source_then_pauses_it_as_more_of_its_pages_are_blocked(string recent, BlockLevel level) =>
        Assert.Equal(level, new BlockWatch(recent).Level);

    [Fact]
    public void Forgets_what_is_long_past()
    {
        var watch = new BlockWatch(new string('b', BlockWatch.Window));
        Assert.Equal(BlockLevel.Pause, watch.Level);

        for (var page = 0; page < BlockWatch.Window; page++)
        {
            watch.Add(PageState.Done);
        }

        Assert.Equal(BlockLevel.Normal, watch.Level);
    }

    [Theory]
    [InlineData(PageState.Failed)]
    [InlineData(PageState.Declined)]
    [InlineData(PageState.Queued)]
    public void Learns_nothing_from_a_page_that_was(PageState state) => Assert.Null(BlockWatch.MarkOf(state));

    [Fact]
    public void Asks_at_a_quarter_of_the_pace_one_page_at_a_time_while_slowed()
    {
        var rate = new SourceRate(2, 8);

        Assert.Equal(rate, new BlockWatch("").PaceOf(rate));
        Assert.Equal(new SourceRate(0.5, 1), new BlockWatch("bbbbbbbbbb").PaceOf(rate));
    }

    [Fact]
    public void Says_why_in_figures()
    {
        Assert.Contains("20 个网页中有 14 个被拦截", new BlockWatch("oooooobbbbbbbbbbbbbb").Notice, StringComparison.Ordinal);
    }
}
