using System.Diagnostics;
using System.Globalization;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Server;

namespace Surveillance.Tests.Search.Servers;

/// <summary>Nodes that crash while documents are written; minutes long, so run by <c>./test --faults</c> only.</summary>
[Trait("category", "faults")]
[Collection(OneSearchTestAtATime.Name)]
public sealed class NodeFaultTests(ITestOutputHelper output)
{
    private const int Documents = 20_000;
    private const int AtOnce = 1_000;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task The_only_node_is_killed_while_documents_are_written_and_started_again(string kind)
    {
        Assert.SkipUnless(SearchServer.IsThere, "../shared/elasticsearch is not beside the repository");
        await using var server = await SearchServer.StartAsync(kind);
        await using var index = SearchServers.Index(Patient(server.Address));
        await index.OpenAsync(Cancelled);

        var interruptions = await WriteAllAsync(index, async () =>
        {
            await server.KillAsync(node: 1);
            await server.StartNodeAsync(node: 1);
        });

        await AssertWholeAsync(index);
        output.WriteLine($"{index.Name}: killed once, {interruptions} calls gave up and were made again, {Documents} documents in two states each, none lost, none twice");
    }

    [Theory]
    [InlineData(SearchServer.Elasticsearch)]
    [InlineData(SearchServer.OpenSearch)]
    public async Task One_node_of_three_is_killed_while_documents_are_written(string kind)
    {
        Assert.SkipUnless(SearchServer.IsThere, "../shared/elasticsearch is not beside the repository");
        await using var server = await SearchServer.StartAsync(kind, nodes: 3);
        await using var index = SearchServers.Index(Patient(server.Address) with { Shards = 3 });
        var status = await index.OpenAsync(Cancelled);
        await AwaitCopiesAsync(server.Address, status.Index);

        var interruptions = await WriteAllAsync(index, () => server.KillAsync(node: 2));

        await AssertWholeAsync(index);
        await server.StartNodeAsync(node: 2);
        await AwaitCopiesAsync(server.Address, status.Index);
        await AssertWholeAsync(index);
        output.WriteLine($"{index.Name}: one of three nodes killed, {interruptions} calls gave up and were made again, {Documents} documents in two states each, none lost, none twice");
    }

    /// <summary>Each document in two states, an old one again after the new one; the fault comes while a third of them is being written.</summary>
    /// <returns>How many calls gave up.</returns>
    private static async Task<int> WriteAllAsync(ServerListingIndex index, Func<Task> fault)
    {
        var interruptions = 0;
        Task? happening = null;
        for (var first = 1; first <= Documents; first += AtOnce)
        {
            var olds = Offers.Numbered(first, AtOnce);
            var news = olds.Select(Renewed).ToList();
            foreach (var states in new[] { olds, news, olds })
            {
                var writing = WriteUntilDoneAsync(index, states);
                if (first > Documents / 3)
                {
                    // Beside the writing, so that it comes in the middle of it.
                    happening ??= fault();
                    await await Task.WhenAny(writing, happening);
                }

                interruptions += await writing;
            }
        }

        await happening!;
        return interruptions;
    }

    /// <summary>As whoever feeds the index does: what was not written is sent again.</summary>
    private static async Task<int> WriteUntilDoneAsync(ServerListingIndex index, IReadOnlyList<IndexDocument> documents)
    {
        for (var (interruptions, began) = (0, Stopwatch.GetTimestamp()); ; interruptions++)
        {
            try
            {
                var outcomes = await index.WriteAsync(null, documents, Cancelled);
                documents = [.. documents.Zip(outcomes).Where(pair => pair.Second is not WriteOutcome.Written).Select(pair => pair.First)];
                Assert.DoesNotContain(outcomes, outcome => outcome is WriteOutcome.Rejected);
                if (documents.Count == 0)
                {
                    return interruptions;
                }
            }
            catch (SearchUnavailableException) when (Stopwatch.GetElapsedTime(began) < TimeSpan.FromMinutes(3))
            {
                // Again.
            }
        }
    }

    private static async Task AssertWholeAsync(ServerListingIndex index)
    {
        await index.RefreshAsync(null, Cancelled);
        var versions = new List<IndexedVersion>(Documents);
        await foreach (var version in index.VersionsAsync(null, Cancelled))
        {
            versions.Add(version);
        }

        Assert.Equal(Offers.Numbered(1, Documents).Select(document => new IndexedVersion(document.Id, Renewed(document).Version)), versions);
        Assert.Equal(Documents, (await index.SearchAsync(new SearchRequest(Offers.Phrase("新", "状", "态"), 1), Cancelled)).Total);
    }

    private static IndexDocument Renewed(IndexDocument document) => document with { Version = document.Version + Documents, Grams = ["新 状 态"] };

    private static SearchServerOptions Patient(Uri address)
    {
        var patience = new ServerPatience(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(10));
        return new SearchServerOptions(address) { Reading = patience with { InAll = TimeSpan.FromMinutes(1) }, Writing = patience };
    }

    /// <summary>Until every shard has its copy: before that, a node takes with it what only it has.</summary>
    private static async Task AwaitCopiesAsync(Uri address, string index)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var health = string.Create(CultureInfo.InvariantCulture, $"_cluster/health/{index}?wait_for_status=green&wait_for_nodes=3&timeout=120s");
        using var answer = await client.GetAsync(new Uri(address, health), Cancelled);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
