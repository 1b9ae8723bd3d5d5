using Surveillance.Api.Search;
using Surveillance.Api.Search.Embedded;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

public sealed class EmbeddedListingIndexTests(ITestOutputHelper output) : ListingIndexContract(output), IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<IListingIndex> MakeAsync()
    {
        var index = new EmbeddedListingIndex(Path.Combine(_folder.Path, "search"));
        await index.OpenAsync(TestContext.Current.CancellationToken);
        return index;
    }
}
