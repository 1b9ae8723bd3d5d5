using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Surveillance.Crawler;
using Surveillance.Crawler.Fetching.Http;
using Surveillance.Crawler.Fetching.Robots;
using Surveillance.Tests.Crawling;

namespace Surveillance.Tests.Fetching;

public sealed class RobotsRegisterTests
{
    [Theory]
    [InlineData(200, false, true)]
    [InlineData(206, false, true)]
    [InlineData(301, true, true)]
    [InlineData(401, true, true)]
    [InlineData(403, true, true)]
    [InlineData(404, true, true)]
    [InlineData(410, true, true)]
    [InlineData(429, false, false)]
    [InlineData(500, false, false)]
    [InlineData(503, false, false)]
    public async Task Reads_a_status(int status, bool allows, bool known)
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = status == 301 ? "/nothing-here" : default;
            return context.Response.WriteAsync("User-agent: *\nDisallow: /");
        });
        using var bench = new Bench();

        var answer = await bench.AskAsync(site);

        Assert.Equal((allows, known), (answer.Objection(site.Base) is null, answer.Reached));
    }

    [Fact]
    public async Task Takes_no_answer_for_a_no()
    {
        var site = await SiteAsync(_ => Task.CompletedTask);
        using var bench = new Bench();
        await site.DisposeAsync();

        Assert.Contains("robots.txt 无法读取", (await bench.AskAsync(site)).Objection(site.Base), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_redirect_without_end_for_no_rules()
    {
        await using var site = await SiteAsync(context =>
        {
            context.Response.Redirect("/robots.txt");
            return Task.CompletedTask;
        });
        using var bench = new Bench();

        Assert.Null((await bench.AskAsync(site)).Objection(site.Base));
    }

    [Fact]
    public async Task Asks_each_site_once_however_many_want_to_know()
    {
        await using var site = await SiteAsync(context => context.Response.WriteAsync("User-agent: *\nDisallow: /private/"));
        using var bench = new Bench();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => bench.AskAsync(site)));

        Assert.Equal(1, site.RobotsAsked);
    }

    private static Task<LoopbackSite> SiteAsync(RequestDelegate robots) =>
        LoopbackSite.StartAsync(app => app.Use((HttpContext context, RequestDelegate next) => context.Request.Path == "/robots.txt" ? robots(context) : next(context)));

    private sealed class Bench : IDisposable
    {
        private readonly HttpFetcher _http = new(Options.Create(new CrawlOptions()), TimeProvider.System);
        private readonly RobotsRegister _register;

        public Bench() => _register = new RobotsRegister(_http, Options.Create(new CrawlOptions()), TimeProvider.System);

        public Task<RobotsAnswer> AskAsync(LoopbackSite site) => _register.AskAsync(site.Base, CrawlBench.Source(site, "/"), TestContext.Current.CancellationToken);

        public void Dispose()
        {
            _register.Dispose();
            _http.Dispose();
        }
    }
}
