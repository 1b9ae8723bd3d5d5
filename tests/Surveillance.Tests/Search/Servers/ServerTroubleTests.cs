using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Server;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Servers;

/// <summary>Servers that are busy, broken off, in the way of something else, or that want to know who asks.</summary>
[Collection(OneSearchTestAtATime.Name)]
public sealed class ServerTroubleTests(SearchServers servers) : IDisposable
{
    private const string Elasticsearch = """{"version":{"number":"8.17.0"},"tagline":"You Know, for Search"}""";
    private const string Key = "c2VjcmV0LWtleQ==";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SearchServer.Elasticsearch, "ApiKey " + Key)]
    [InlineData(SearchServer.OpenSearch, "ApiKey " + Key)]
    [InlineData(SearchServer.Elasticsearch, "Basic b2ZmaWNlcjpzZWNyZXQta2V5")]
    [InlineData(SearchServer.OpenSearch, "Basic b2ZmaWNlcjpzZWNyZXQta2V5")]
    public async Task Works_behind_tls_with_the_authority_and_the_credentials_that_are_demanded(string kind, string authorization)
    {
        using var authority = new TestAuthority("search");
        await using var proxy = await TestProxy.StartAsync(await servers.EmptyAsync(kind), authority, authorization);
        var options = new SearchServerOptions(proxy.Address, CaFile: _folder.File("ca.pem", authority.Pem));
        await using var index = SearchServers.Index(authorization.StartsWith("ApiKey", StringComparison.Ordinal)
            ? options with { ApiKey = Key }
            : options with { User = "officer", Password = "secret-key" });

        await index.OpenAsync(Cancelled);
        await index.WriteAsync(null, Offers.Numbered(1, 20), Cancelled);
        await index.RefreshAsync(null, Cancelled);
        var page = await index.SearchAsync(new SearchRequest(Offers.Phrase("包", "过"), 5), Cancelled);

        Assert.Equal((20, 5), (page.Total, page.Hits.Count));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("d3Jvbmcta2V5")]
    public async Task Wrong_credentials_are_one_sentence_without_them(string? key)
    {
        await using var proxy = await TestProxy.StartAsync(null, authorization: "ApiKey " + Key);
        await using var index = SearchServers.Index(new SearchServerOptions(proxy.Address, ApiKey: key));

        var error = await Assert.ThrowsAsync<SearchUnusableException>(() => index.OpenAsync(Cancelled));

        Assert.Contains("credentials", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key ?? Key, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no authority", "127.0.0.1")]
    [InlineData("another authority", "127.0.0.1")]
    [InlineData("the authority", "localhost")]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(string trust, string host)
    {
        using var authority = new TestAuthority("search");
        using var another = new TestAuthority("search");
        await using var proxy = await TestProxy.StartAsync(null, authority);
        var file = trust switch { "no authority" => null, "the authority" => authority.Pem, _ => another.Pem };
        var address = new UriBuilder(proxy.Address) { Host = host }.Uri;
        await using var index = SearchServers.Index(Hasty(address) with { CaFile = file is null ? null : _folder.File("ca.pem", file) });

        var error = await Assert.ThrowsAsync<SearchUnusableException>(() => index.OpenAsync(Cancelled));

        Assert.Contains("certificate", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, """{"version":{"number":"7.10.2"},"tagline":"You Know, for Search"}""", null, "expected Elasticsearch 7.17 or newer")]
    [InlineData(200, """{"version":{"number":"6.8.23"},"tagline":"You Know, for Search"}""", null, "found elasticsearch 6.8.23")]
    [InlineData(200, """{"version":{"number":"1.3.20","distribution":"opensearch"}}""", null, "expected OpenSearch 2.4 or newer")]
    [InlineData(200, Elasticsearch, null, "only speaks like")]
    [InlineData(200, """{"version":{"number":"9.0"}}""", null, "another product")]
    [InlineData(200, "<html>It works!</html>", null, "another product")]
    [InlineData(200, "", null, "another product")]
    [InlineData(404, "{}", "Elasticsearch", "another product")]
    [InlineData(302, "", null, "redirection")]
    [InlineData(403, "{}", null, "credentials")]
    public async Task Another_product_is_one_sentence(int status, string body, string? header, string sentence)
    {
        await using var proxy = await TestProxy.StartAsync(null);
        proxy.Trouble = async context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["X-elastic-product"] = header;
            await context.Response.WriteAsync(body);
            return true;
        };
        await using var index = SearchServers.Index(Hasty(proxy.Address));

        var error = await Assert.ThrowsAsync<SearchUnusableException>(() => index.OpenAsync(Cancelled));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task A_busy_server_is_asked_again_after_the_time_it_wants(string kind)
    {
        await using var proxy = await TestProxy.StartAsync(await servers.EmptyAsync(kind));
        await using var index = SearchServers.Index(proxy.Address);
        await index.OpenAsync(Cancelled);
        var began = Stopwatch.GetTimestamp();
        proxy.Refuse("_bulk", times: 3, StatusCodes.Status429TooManyRequests, """{"error":{"type":"es_rejected_execution_exception","reason":"full"},"status":429}""", "1");

        var outcomes = await index.WriteAsync(null, Offers.Numbered(1, 3_000), Cancelled);

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Written>(outcome));
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 3, 25);
        await index.RefreshAsync(null, Cancelled);
        Assert.Equal(3_000, (await index.OpenAsync(Cancelled)).Documents);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch, "_bulk", true)]
    [InlineData(SearchServer.OpenSearch, "_bulk", true)]
    [InlineData(SearchServer.Elasticsearch, "_bulk", false)]
    [InlineData(SearchServer.OpenSearch, "_bulk", false)]
    [InlineData(SearchServer.Elasticsearch, "_search", true)]
    [InlineData(SearchServer.OpenSearch, "_search", true)]
    [InlineData(SearchServer.Elasticsearch, "_search", false)]
    [InlineData(SearchServer.OpenSearch, "_search", false)]
    [InlineData(SearchServer.Elasticsearch, "surveil-listings-000001", true)]
    [InlineData(SearchServer.OpenSearch, "surveil-listings-000001", true)]
    public async Task What_broke_off_is_asked_again_and_nothing_is_twice(string kind, string path, bool withHalf)
    {
        await using var proxy = await TestProxy.StartAsync(await servers.EmptyAsync(kind));
        proxy.CutOff(path, withHalf);
        await using var index = SearchServers.Index(proxy.Address);

        await index.OpenAsync(Cancelled);
        var outcomes = await index.WriteAsync(null, Offers.Numbered(1, 500), Cancelled);
        await index.RefreshAsync(null, Cancelled);
        var read = new List<string>();
        await foreach (var version in index.VersionsAsync(null, Cancelled))
        {
            read.Add(version.Id);
        }

        Assert.All(outcomes, outcome => Assert.IsType<WriteOutcome.Written>(outcome));
        Assert.Equal(Offers.Numbered(1, 500).Select(document => document.Id), read);
    }

    [Theory]
    [InlineData(503, "{}", "7")]
    [InlineData(429, "{}", null)]
    [InlineData(500, """{"error":"broken"}""", null)]
    [InlineData(502, "<html>Bad gateway</html>", null)]
    public async Task A_server_that_stays_busy_is_not_available(int status, string body, string? retryAfter)
    {
        await using var proxy = await TestProxy.StartAsync(null);
        proxy.Refuse("", int.MaxValue, status, body, retryAfter);
        await using var index = SearchServers.Index(Hasty(proxy.Address));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => index.OpenAsync(Cancelled));

        Assert.Equal(retryAfter is null ? null : TimeSpan.FromSeconds(7), error.RetryAfter);
    }

    [Fact]
    public async Task A_server_that_hangs_is_not_available()
    {
        await using var proxy = await TestProxy.StartAsync(null);
        proxy.Trouble = async context =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted);
            return true;
        };
        await using var index = SearchServers.Index(Hasty(proxy.Address));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => index.SearchAsync(new SearchRequest(Offers.All, 1), Cancelled));

        Assert.Contains("no answer within 0.5 s", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_not_available()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var patience = new ServerPatience(TimeSpan.FromSeconds(30), TimeSpan.Zero);
        await using var index = SearchServers.Index(new SearchServerOptions(new Uri($"https://{listener.LocalEndpoint}")) { Reading = patience });

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => index.OpenAsync(Cancelled));

        Assert.Contains("no connection in time", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_not_available()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        await using var index = SearchServers.Index(Hasty(new Uri($"http://officer:secret@127.0.0.1:{port}")));

        var error = await Assert.ThrowsAsync<SearchUnavailableException>(() => index.WriteAsync(null, Offers.Numbered(1, 1), Cancelled));

        Assert.Equal($"http://127.0.0.1:{port}", index.Name);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task A_proxy_that_takes_little_gets_little_at_once(string kind)
    {
        await using var proxy = await TestProxy.StartAsync(await servers.EmptyAsync(kind));
        await using var index = SearchServers.Index(proxy.Address);
        await index.OpenAsync(Cancelled);
        proxy.Trouble = async context =>
        {
            if (context.Request.ContentLength is null or <= 20_000)
            {
                return false;
            }

            // As servers that answer before they have read all.
            context.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            await context.Response.WriteAsync("<html>too large</html>");
            return true;
        };
        IndexDocument[] documents = [.. Offers.Numbered(1, 300), Offers.Numbered(301) with { Text = new string('x', 20_000) }, .. Offers.Numbered(302, 300)];

        var outcomes = await index.WriteAsync(null, documents, Cancelled);

        Assert.Equal(600, outcomes.OfType<WriteOutcome.Written>().Count());
        Assert.Contains("more than the server takes", Assert.IsType<WriteOutcome.Rejected>(outcomes[300]).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"index":{"status":429,"error":{"type":"es_rejected_execution_exception","reason":"full"}}}""", typeof(WriteOutcome.Postponed))]
    [InlineData("""{"index":{"status":503,"error":{"type":"unavailable_shards_exception","reason":"no primary"}}}""", typeof(WriteOutcome.Postponed))]
    [InlineData("""{"index":{"status":403,"error":{"type":"cluster_block_exception","reason":"disk is full"}}}""", typeof(WriteOutcome.Postponed))]
    [InlineData("""{"index":{"status":400,"error":{"type":"mapper_parsing_exception","reason":"no"}}}""", typeof(WriteOutcome.Rejected))]
    public async Task Each_result_has_its_outcome(string second, Type outcome)
    {
        await using var proxy = await TestProxy.StartAsync(null);
        proxy.Trouble = async context =>
        {
            context.Response.Headers["X-elastic-product"] = "Elasticsearch";
            await context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("_bulk", StringComparison.Ordinal)
                ? """{"errors":true,"items":[{"index":{"status":201}},""" + second + "]}"
                : Elasticsearch);
            return true;
        };
        await using var index = SearchServers.Index(Hasty(proxy.Address));

        var outcomes = await index.WriteAsync(null, Offers.Numbered(1, 2), Cancelled);

        Assert.Equal([typeof(WriteOutcome.Written), outcome], outcomes.Select(written => written.GetType()));
        Assert.Equal("elasticsearch 8.17.0", index.Name);
        await Assert.ThrowsAsync<SearchUnavailableException>(() => index.WriteAsync(null, Offers.Numbered(1, 3), Cancelled));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Gives up soon.</summary>
    private static SearchServerOptions Hasty(Uri address)
    {
        var patience = new ServerPatience(TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(0.5));
        return new SearchServerOptions(address) { Reading = patience, Writing = patience };
    }
}
