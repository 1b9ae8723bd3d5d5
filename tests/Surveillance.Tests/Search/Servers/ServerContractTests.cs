using Surveillance.Api.Search;

namespace Surveillance.Tests.Search.Servers;

[Collection(OneSearchTestAtATime.Name)]
public sealed class ElasticsearchListingIndexTests(SearchServers servers, ITestOutputHelper output) : ListingIndexContract(output)
{
    protected override Task<IListingIndex> MakeAsync() => servers.OpenedAsync(SearchServer.Elasticsearch);
}

[Collection(OneSearchTestAtATime.Name)]
public sealed class OpenSearchListingIndexTests(SearchServers servers, ITestOutputHelper output) : ListingIndexContract(output)
{
    protected override Task<IListingIndex> MakeAsync() => servers.OpenedAsync(SearchServer.OpenSearch);
}
