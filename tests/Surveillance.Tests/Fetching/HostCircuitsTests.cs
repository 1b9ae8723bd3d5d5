using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Fetching;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Fetching;

public sealed class HostCircuitsTests
{
    private static readonly FetchOutcome TimedOut = new FetchOutcome.Failed(new FetchError(FetchErrorKind.TimedOut, "超时"));
    private readonly IOptions<CrawlOptions> _options = Options.Create(new CrawlOptions());
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly HostGates _gates;
    private readonly HostCircuits _circuits;
    private int _asked;

    public HostCircuitsTests()
    {
        _gates = new HostGates(_options, _time);
        _circuits = new HostCircuits(_gates, _options, _time);
    }

    [Fact]
    public async Task A_host_that_only_fails_is_left_alone_and_tried_again_later()
    {
        await AskAsync(TimedOut, 8);
        Assert.True(_gates.IsHeld("a.example"));
        Assert.IsType<FetchOutcome.Postponed>(await AskAsync(TimedOut));
        Assert.Equal(8, _asked);
        Assert.IsNotType<FetchOutcome.Postponed>(await AskAsync(TimedOut, host: "b.example"));

        // The first one after the break may try; failing again, it makes the next break twice as long.
        _time.Now += TimeSpan.FromSeconds(16);
        Assert.Equal(TimedOut, await AskAsync(TimedOut));
        Assert.Equal(TimeSpan.FromSeconds(30), _gates.PauseLeft("a.example"));
        Assert.IsType<FetchOutcome.Postponed>(await AskAsync(TimedOut));

        _time.Now += TimeSpan.FromSeconds(31);
        Assert.IsType<FetchOutcome.Fetched>(await AskAsync(Page(200)));
        Assert.Equal(TimedOut, await AskAsync(TimedOut));
        Assert.Equal(11, _asked);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(429)]
    public async Task A_host_that_answers_is_not_left_alone(int status)
    {
        Assert.IsType<FetchOutcome.Fetched>(await AskAsync(Page(status), 30));
        Assert.Equal(30, _asked);
    }

    [Fact]
    public async Task Our_own_browsers_failures_do_not_count_against_a_host()
    {
        await AskAsync(new FetchOutcome.Failed(new FetchError(FetchErrorKind.Browser, "浏览器出错")), 30);

        Assert.Equal(30, _asked);
    }

    private static FetchOutcome.Fetched Page(int status) => new FetchOutcome.Fetched(status, default, new Uri("http://a.example/"), null, "", [], default);

    private async Task<FetchOutcome> AskAsync(FetchOutcome answer, int times = 1, string host = "a.example")
    {
        FetchOutcome? last = null;
        for (var time = 0; time < times; time++)
        {
            last = await _circuits.FetchAsync(
                host,
                _ =>
                {
                    _asked += host == "a.example" ? 1 : 0;
                    return Task.FromResult(answer);
                },
                TestContext.Current.CancellationToken);
        }

        return last!;
    }
}
