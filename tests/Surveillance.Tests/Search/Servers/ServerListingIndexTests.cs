using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Server;
using Surveillance.Api.Storage;
using Surveillance.Classifier;

namespace Surveillance.Tests.Search.Servers;

/// <summary>What is special to servers; what they share with the embedded engine is in the contract's tests.</summary>
[Collection(OneSearchTestAtATime.Name)]
public sealed class ServerListingIndexTests(SearchServers servers)
{
    [Theory]
    [InlineData(SearchServer.Elasticsearch, "elasticsearch 7.")]
    [InlineData(SearchServer.OpenSearch, "opensearch 2.")]
    public async Task Makes_the_first_index_with_its_mapping_and_says_which_server_it_is(string kind, string name)
    {
        var address = await servers.EmptyAsync(kind);
        await using var index = SearchServers.Index(new SearchServerOptions(address, Shards: 3));
        Assert.Equal(address.AbsoluteUri.TrimEnd('/'), index.Name);

        var status = await index.OpenAsync(Cancelled);

        Assert.Equal("surveil-listings-000001", status.Index);
        Assert.Equal((IndexSchema.Version, 0, 0), (status.SchemaVersion, status.Documents, status.Others.Count));
        Assert.StartsWith(name, index.Name, StringComparison.Ordinal);
        var made = (await servers.AskAsync(HttpMethod.Get, address, status.Index)).GetProperty(status.Index);
        var settings = made.GetProperty("settings").GetProperty("index");
        Assert.Equal(("3", "0-1"), (settings.GetProperty("number_of_shards").GetString(), settings.GetProperty("auto_expand_replicas").GetString()));
        Assert.Equal("strict", made.GetProperty("mappings").GetProperty("dynamic").GetString());
        Assert.Equal("test", made.GetProperty("mappings").GetProperty("_meta").GetProperty("rules_version").GetString());
        Assert.True(made.GetProperty("aliases").GetProperty(IndexSchema.Alias).GetProperty("is_write_index").GetBoolean());
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Keeps_apart_what_the_server_refuses_and_writes_the_rest(string kind)
    {
        await using var index = SearchServers.Index(await servers.EmptyAsync(kind));
        await index.OpenAsync(Cancelled);
        var manyContacts = Enumerable.Range(0, 10_001).Select(n => new IndexedContact("wechat", n.ToString(CultureInfo.InvariantCulture)));
        IndexDocument[] documents =
        [
            Offers.Numbered(1),
            Offers.Numbered(2) with { Contacts = [.. manyContacts] },
            Offers.Numbered(3) with { Price = double.NaN },
            Offers.Numbered(4) with { Text = new string('证', 40 * 1024 * 1024) },
            Offers.Numbered(5) with { Title = "坏\ud800字", Findings = [new IndexedFinding("guarantee", null, 0.9, ["model"], new string('包', 20_000), null, null, null)] },
        ];

        var outcomes = await index.WriteAsync(null, documents, Cancelled);

        Assert.IsType<WriteOutcome.Written>(outcomes[0]);
        Assert.Contains("nested", Assert.IsType<WriteOutcome.Rejected>(outcomes[1]).Reason, StringComparison.Ordinal);
        Assert.Contains("JSON", Assert.IsType<WriteOutcome.Rejected>(outcomes[2]).Reason, StringComparison.Ordinal);
        Assert.Contains("more than the server takes", Assert.IsType<WriteOutcome.Rejected>(outcomes[3]).Reason, StringComparison.Ordinal);
        Assert.IsType<WriteOutcome.Written>(outcomes[4]);
        await index.RefreshAsync(null, Cancelled);
        Assert.Equal([new IndexedVersion(Offers.Id(1), 1), new IndexedVersion(Offers.Id(5), 5)], await AllAsync(index.VersionsAsync(null, Cancelled)));
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Says_of_a_state_older_than_a_deletion_that_it_is_not_there(string kind)
    {
        await using var index = SearchServers.Index(await servers.EmptyAsync(kind));
        await index.OpenAsync(Cancelled);
        await index.WriteAsync(null, [Offers.Numbered(7)], Cancelled);
        await index.DeleteAsync(null, [Offers.Id(7), Offers.Id(8)], Cancelled);

        var again = await index.WriteAsync(null, [Offers.Numbered(7)], Cancelled);
        var newer = await index.WriteAsync(null, [Offers.Numbered(7) with { Version = 20 }], Cancelled);

        Assert.IsType<WriteOutcome.Postponed>(Assert.Single(again));
        Assert.IsType<WriteOutcome.Written>(Assert.Single(newer));
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Counts_exactly_over_several_shards(string kind)
    {
        await using var index = SearchServers.Index(new SearchServerOptions(await servers.EmptyAsync(kind), Shards: 4));
        await index.OpenAsync(Cancelled);
        var documents = Enumerable.Range(1, 900).Select(n => Offers.Numbered(n) with { Platform = $"平台{n % 300:D3}", Decision = (Decision)(n % 3) }).ToArray();
        await index.WriteAsync(null, documents, Cancelled);
        await index.RefreshAsync(null, Cancelled);

        var counts = await index.CountAsync(Offers.All, Cancelled);
        var read = await AllAsync(index.ReadAsync(Offers.All, Cancelled));

        Assert.Equal(300, counts[Facet.Platform].Count);
        Assert.All(counts[Facet.Platform], count => Assert.Equal(3, count.Count));
        Assert.Equal(documents.OrderBy(ResultOrder.PlaceOf, ResultOrder.Comparer).Select(document => document.Id), read.Select(document => document.Id));
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Finds_whatever_begins_so_within_a_phrase(string kind)
    {
        await using var index = SearchServers.Index(await servers.EmptyAsync(kind));
        await index.OpenAsync(Cancelled);
        var documents = Enumerable.Range(1, 1_500).Select(n => Offers.Numbered(n) with { Grams = [$"加 微 信 vip{n}"] }).ToArray();
        await index.WriteAsync(null, documents, Cancelled);
        await index.RefreshAsync(null, Cancelled);

        var one = await index.SearchAsync(new SearchRequest(Offers.Beginning("微", "信", "vip149"), 100), Cancelled);
        var alone = await index.SearchAsync(new SearchRequest(Offers.Beginning("vip"), 1), Cancelled);
        var many = await index.SearchAsync(new SearchRequest(Offers.Beginning("微", "信", "vip"), 1), Cancelled);
        var none = await index.SearchAsync(new SearchRequest(Offers.Beginning("加", "信", "vip"), 1), Cancelled);

        Assert.Equal((11, 1_500, 1_500, 0), (one.Total, alone.Total, many.Total, none.Total));
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch, "strangers", """{"aliases":{"surveil-listings":{}}}""", "found strangers")]
    [InlineData(SearchServer.OpenSearch, "strangers", """{"aliases":{"surveil-listings":{}}}""", "found strangers")]
    [InlineData(SearchServer.Elasticsearch, "surveil-listings", "{}", "found an index of that name")]
    [InlineData(SearchServer.OpenSearch, "surveil-listings", "{}", "found an index of that name")]
    [InlineData(SearchServer.Elasticsearch, "surveil-listings-000007", """{"aliases":{"surveil-listings":{}}}""", "found surveil-listings-000007")]
    [InlineData(SearchServer.OpenSearch, "surveil-listings-000007", """{"aliases":{"surveil-listings":{}}}""", "found surveil-listings-000007")]
    [InlineData(SearchServer.Elasticsearch, "surveil-listings-000007", """{"aliases":{"surveil-listings":{}},"mappings":{"_meta":{"made_by":"surveillance","schema_version":99}}}""", "newer program")]
    [InlineData(SearchServer.OpenSearch, "surveil-listings-000007", """{"aliases":{"surveil-listings":{}},"mappings":{"_meta":{"made_by":"surveillance","schema_version":99}}}""", "newer program")]
    public async Task Leaves_alone_what_is_not_ours(string kind, string name, string body, string sentence)
    {
        var address = await servers.EmptyAsync(kind);
        await servers.AskAsync(HttpMethod.Put, address, name, body);
        await using var index = SearchServers.Index(address);

        var error = await Assert.ThrowsAsync<SearchUnusableException>(() => index.OpenAsync(Cancelled));

        Assert.Contains(sentence, error.Message, StringComparison.Ordinal);
        var left = await servers.AskAsync(HttpMethod.Get, address, $"{IndexSchema.Alias}*");
        Assert.Equal(name, Assert.Single(left.EnumerateObject()).Name);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Reports_an_older_schema_and_indexes_beside_the_one_that_is_read(string kind)
    {
        var address = await servers.EmptyAsync(kind);
        await servers.AskAsync(HttpMethod.Put, address, IndexSchema.NameOf(4), """{"aliases":{"surveil-listings":{}},"mappings":{"_meta":{"made_by":"surveillance","schema_version":0}}}""");
        await servers.AskAsync(HttpMethod.Put, address, "surveil-listings-notes", "{}");
        await using var index = SearchServers.Index(address);

        var before = await index.OpenAsync(Cancelled);
        var next = await index.CreateNextAsync(Cancelled);
        await index.SwitchAsync(next, Cancelled);
        var after = await index.OpenAsync(Cancelled);
        var dropped = await index.DropOldAsync(Cancelled);

        Assert.Equal((0, "surveil-listings-000004"), (before.SchemaVersion, before.Index));
        Assert.Equal((IndexSchema.Version, "surveil-listings-000005"), (after.SchemaVersion, after.Index));
        Assert.Equal(["surveil-listings-000004"], after.Others);
        Assert.Equal(["surveil-listings-000004"], dropped);
        Assert.Equal(["surveil-listings-000005", "surveil-listings-notes"], (await servers.AskAsync(HttpMethod.Get, address, $"{IndexSchema.Alias}*")).EnumerateObject().Select(left => left.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Another_stores_index_is_neither_opened_nor_built_beside_nor_dropped(string kind)
    {
        var address = await servers.EmptyAsync(kind);
        await using var index = SearchServers.Index(address);
        await index.OpenAsync(Cancelled);
        await index.CreateNextAsync(Cancelled);
        await using var other = SearchServers.Index(new SearchServerOptions(address), new StoreId("other"));

        foreach (var ask in (Func<Task>[])[() => other.OpenAsync(Cancelled), () => other.CreateNextAsync(Cancelled), () => other.DropOldAsync(Cancelled)])
        {
            Assert.Contains("belongs to the record store aaaa", (await Assert.ThrowsAsync<SearchUnusableException>(ask)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(["surveil-listings-000002"], (await index.OpenAsync(Cancelled)).Others);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task An_index_of_an_older_program_becomes_the_first_askers_and_keeps_what_it_says(string kind)
    {
        var address = await servers.EmptyAsync(kind);
        await servers.AskAsync(
            HttpMethod.Put,
            address,
            IndexSchema.NameOf(1),
            """{"aliases":{"surveil-listings":{}},"mappings":{"dynamic":"strict","_meta":{"made_by":"surveillance","schema_version":1,"rules_version":"before"},"properties":{"id":{"type":"keyword"}}}}""");
        await using var first = SearchServers.Index(new SearchServerOptions(address), new StoreId("first"));
        await using var second = SearchServers.Index(address);

        Assert.Equal("surveil-listings-000001", (await first.OpenAsync(Cancelled)).Index);

        await Assert.ThrowsAsync<SearchUnusableException>(() => second.OpenAsync(Cancelled));
        var mappings = (await servers.AskAsync(HttpMethod.Get, address, IndexSchema.NameOf(1))).GetProperty(IndexSchema.NameOf(1)).GetProperty("mappings");
        var meta = mappings.GetProperty("_meta").EnumerateObject().Select(member => $"{member.Name}={member.Value}").Order(StringComparer.Ordinal);
        Assert.Equal(["made_by=surveillance", "rules_version=before", "schema_version=1", "store=first"], meta);
        Assert.Equal(("strict", "keyword"), (mappings.GetProperty("dynamic").GetString(), mappings.GetProperty("properties").GetProperty("id").GetProperty("type").GetString()));
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Two_programs_that_open_or_switch_at_once_agree_on_one_index(string kind)
    {
        var address = await servers.EmptyAsync(kind);
        await using var one = SearchServers.Index(address);
        await using var two = SearchServers.Index(address);

        var opened = await Task.WhenAll(one.OpenAsync(Cancelled), two.OpenAsync(Cancelled));
        var next = await Task.WhenAll(one.CreateNextAsync(Cancelled), two.CreateNextAsync(Cancelled));
        await Task.WhenAll(one.SwitchAsync(next[0], Cancelled), two.SwitchAsync(next[1], Cancelled));
        var status = await one.OpenAsync(Cancelled);

        Assert.Equal(opened[0].Index, opened[1].Index);
        Assert.NotEqual(next[0], next[1]);
        Assert.Contains(status.Index, next);
        Assert.Equal(2, status.Others.Count);
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Never_lets_the_server_invent_an_index(string kind)
    {
        var address = await servers.EmptyAsync(kind);
        await using var index = SearchServers.Index(address);
        await index.OpenAsync(Cancelled);
        await servers.ForgetAsync(address);

        await Assert.ThrowsAsync<SearchUnavailableException>(() => index.WriteAsync(null, [Offers.Numbered(1)], Cancelled));

        Assert.Empty((await servers.AskAsync(HttpMethod.Get, address, $"{IndexSchema.Alias}*")).EnumerateObject());
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task Closes_the_points_in_time_that_it_opens(string kind)
    {
        var address = await servers.EmptyAsync(kind);
        await using var index = SearchServers.Index(address);
        await index.OpenAsync(Cancelled);
        await index.WriteAsync(null, Offers.Numbered(1, 2_500), Cancelled);
        await index.RefreshAsync(null, Cancelled);

        // Where an answer was cut off, a point that nobody knows of stays until its time is over.
        var before = await OpenPointsAsync();
        var all = await AllAsync(index.ReadAsync(Offers.All, Cancelled));
        await foreach (var first in index.ReadAsync(Offers.All, Cancelled))
        {
            Assert.Equal(Offers.Id(2_500), first.Id);
            Assert.Equal(before + 1, await OpenPointsAsync());
            break;
        }

        Assert.Equal(2_500, all.Count);
        Assert.Equal(before, await OpenPointsAsync());

        async Task<long> OpenPointsAsync()
        {
            var nodes = (await servers.AskAsync(HttpMethod.Get, address, "_nodes/stats/indices/search")).GetProperty("nodes");
            var search = nodes.EnumerateObject().First().Value.GetProperty("indices").GetProperty("search");
            return search.GetProperty(kind == SearchServer.OpenSearch ? "point_in_time_current" : "open_contexts").GetInt64();
        }
    }

    [Theory]
    [InlineData("ftp://127.0.0.1/", null, null)]
    [InlineData("https://127.0.0.1/", "no-such-file.pem", null)]
    [InlineData("https://127.0.0.1/", null, "a key\nof two lines")]
    public void Refuses_settings_that_can_not_work(string address, string? caFile, string? key)
    {
        var error = Assert.Throws<SearchUnusableException>(() => SearchServers.Index(new SearchServerOptions(new Uri(address), ApiKey: key, CaFile: caFile)));

        Assert.DoesNotContain("two lines", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Shows_no_credentials()
    {
        var options = new SearchServerOptions(new Uri("https://officer:secret@search.example:9200/es/"), ApiKey: "secret", Password: "secret");

        Assert.Equal("https://search.example:9200/es", options.ToString());
        Assert.Equal("https://search.example:9200/es", options.Name);
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static async Task<List<T>> AllAsync<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items)
        {
            all.Add(item);
        }

        return all;
    }
}
