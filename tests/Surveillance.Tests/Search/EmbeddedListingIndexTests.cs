using FsCheck;
using FsCheck.Fluent;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Embedded;
using Surveillance.Api.Storage;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search;

public sealed class EmbeddedListingIndexTests(ITestOutputHelper output) : ListingIndexContract(output), IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(_folder.Path, "search");

    public void Dispose() => _folder.Dispose();

    protected override async Task<IListingIndex> MakeAsync()
    {
        var index = new EmbeddedListingIndex(Folder, Some.Store);
        await index.OpenAsync(Cancelled);
        return index;
    }

    [Fact]
    public async Task Finds_what_a_naive_scan_finds_in_any_text()
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        var version = 0L;
        var texts = Gen.Choose(0, 1000).ListOf().Select(RandomText.Of);
        var inputs = Gen.Zip(Gen.Zip(texts, texts), Gen.Zip(texts.Resize(4), Gen.Choose(0, 3)));
        Prop.ForAll(inputs.ToArbitrary(), input =>
        {
            var ((title, text), (term, kind)) = input;
            if (RandomText.Case(term, kind) is not { } asked)
            {
                return true;
            }

            var document = SearchCorpus.Document("a", title, text, ++version);
            var found = FindAsync().GetAwaiter().GetResult();
            return found == asked.Holds(new NaiveListing(document));

            async Task<bool> FindAsync()
            {
                await index.WriteAsync(null, [document], Cancelled);
                return (await index.SearchAsync(new SearchRequest(asked.Parsed, 1), Cancelled)).Total == 1;
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Fact]
    public async Task Two_programs_share_a_folder()
    {
        await using var one = new EmbeddedListingIndex(Folder, Some.Store);
        await using var other = new EmbeddedListingIndex(Folder, Some.Store);
        var opened = await Task.WhenAll(OpenAsync(one), OpenAsync(other), OpenAsync(one), OpenAsync(other));
        Assert.Single(opened.Distinct());

        await Task.WhenAll(Enumerable.Range(0, 20).Select(number =>
            Task.Run(() => (number % 2 == 0 ? one : other).WriteAsync(null, [SearchCorpus.Document($"{number:d2}", "包过")], Cancelled), Cancelled)));
        Assert.Equal(20, (await one.SearchAsync(new SearchRequest(new SearchQuery(), 1), Cancelled)).Total);

        var nexts = await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => (number % 2 == 0 ? one : other).CreateNextAsync(Cancelled), Cancelled)));
        Assert.Equal(4, nexts.Distinct().Count());
        await one.SwitchAsync(nexts[0], Cancelled);
        await other.WriteAsync(null, [SearchCorpus.Document("new", "包过")], Cancelled);
        Assert.Equal(1, (await one.OpenAsync(Cancelled)).Documents);
        Assert.Equal(4, (await other.DropOldAsync(Cancelled)).Count);
        Assert.Equal((nexts[0], 0), ((await one.OpenAsync(Cancelled)).Index, (await one.OpenAsync(Cancelled)).Others.Count));

        static Task<string> OpenAsync(EmbeddedListingIndex index) => Task.Run(async () => (await index.OpenAsync(Cancelled)).Index, Cancelled);
    }

    [Fact]
    public async Task Writes_go_to_one_index_or_the_other_while_it_is_switched()
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        var first = (await index.OpenAsync(Cancelled)).Index;
        var next = await index.CreateNextAsync(Cancelled);
        var writing = Task.Run(
            async () =>
            {
                for (var number = 0; number < 60; number++)
                {
                    Assert.IsType<WriteOutcome.Written>(Assert.Single(await index.WriteAsync(null, [SearchCorpus.Document($"{number:d2}", "包过")], Cancelled)));
                }
            },
            Cancelled);
        await index.SwitchAsync(next, Cancelled);
        await writing;
        var before = await index.VersionsAsync(first, Cancelled).CountAsync(Cancelled);
        Assert.Equal(60, before + await index.VersionsAsync(null, Cancelled).CountAsync(Cancelled));
    }

    [Fact]
    public async Task An_index_that_was_left_half_made_is_an_old_one()
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        var opened = await index.OpenAsync(Cancelled);
        await File.WriteAllTextAsync(Path.Combine(Folder, "surveil-listings-000007.db"), "", Cancelled);
        Assert.Equal(["surveil-listings-000007"], (await index.OpenAsync(Cancelled)).Others);
        await Assert.ThrowsAsync<SearchUnusableException>(() => index.SwitchAsync("surveil-listings-000007", Cancelled));
        Assert.Equal("surveil-listings-000008", await index.CreateNextAsync(Cancelled));
        Assert.Equal(opened.Index, (await index.OpenAsync(Cancelled)).Index);
        Assert.Equal(["surveil-listings-000007", "surveil-listings-000008"], await index.DropOldAsync(Cancelled));
        Assert.Equal("surveil-listings-000009", await index.CreateNextAsync(Cancelled));
    }

    [Fact]
    public async Task An_index_that_is_not_there_is_named()
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        await index.OpenAsync(Cancelled);
        var error = await Assert.ThrowsAsync<SearchUnusableException>(() => index.WriteAsync("surveil-listings-000005", [SearchCorpus.Document("a", "一")], Cancelled));
        Assert.Contains("surveil-listings-000005 is not in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_stores_folder_is_neither_read_nor_written_nor_cleared()
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        await index.WriteAsync(null, [SearchCorpus.Document("a", "包过")], Cancelled);
        var next = await index.CreateNextAsync(Cancelled);
        await using var other = new EmbeddedListingIndex(Folder, new StoreId("other"));

        foreach (var ask in (Func<Task>[])
        [
            () => other.OpenAsync(Cancelled),
            () => other.WriteAsync(null, [SearchCorpus.Document("b", "包过")], Cancelled),
            () => other.SearchAsync(new SearchRequest(new SearchQuery(), 1), Cancelled),
            () => other.CreateNextAsync(Cancelled),
            () => other.DropAsync(next, Cancelled),
            () => other.DropOldAsync(Cancelled),
        ])
        {
            Assert.Contains("belongs to the record store aaaa", (await Assert.ThrowsAsync<SearchUnusableException>(ask)).Message, StringComparison.Ordinal);
        }

        var status = await index.OpenAsync(Cancelled);
        Assert.Equal((1, next), (status.Documents, Assert.Single(status.Others)));
    }

    [Fact]
    public async Task A_folder_of_an_older_program_becomes_the_first_askers()
    {
        await using (var index = new EmbeddedListingIndex(Folder, Some.Store))
        {
            await index.WriteAsync(null, [SearchCorpus.Document("a", "包过")], Cancelled);
        }

        await using (var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "indexes.db")};Pooling=False"))
        {
            connection.Open();
            await using var command = connection.CreateCommand();
            command.CommandText = "DROP TABLE owner; PRAGMA user_version = 1";
            command.ExecuteNonQuery();
        }

        await using var first = new EmbeddedListingIndex(Folder, new StoreId("first"));
        await using var second = new EmbeddedListingIndex(Folder, Some.Store);
        Assert.Equal(1, (await first.OpenAsync(Cancelled)).Documents);
        await Assert.ThrowsAsync<SearchUnusableException>(() => second.OpenAsync(Cancelled));
        Assert.Equal(1, (await first.OpenAsync(Cancelled)).Documents);
    }

    [Theory]
    [InlineData("no database at all, but text that is long enough to be looked at", "can't be used")]
    [InlineData("PRAGMA application_id = 5; CREATE TABLE other (a)", "no finished search index of this program")]
    [InlineData("PRAGMA application_id = 0x53564C49; PRAGMA user_version = 99; CREATE TABLE other (a)", "written by a newer program")]
    public async Task A_file_that_is_not_ours_is_left_alone(string content, string reason)
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        var path = Path.Combine(Folder, (await index.OpenAsync(Cancelled)).Index + ".db");
        await index.DisposeAsync();
        foreach (var file in new[] { path, path + "-wal", path + "-shm" })
        {
            File.Delete(file);
        }

        if (content.StartsWith("PRAGMA", StringComparison.Ordinal))
        {
            await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
            connection.Open();
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are the test's own.
            command.CommandText = content;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }
        else
        {
            await File.WriteAllTextAsync(path, content, Cancelled);
        }

        var bytes = await File.ReadAllBytesAsync(path, Cancelled);
        Assert.Contains(reason, (await Assert.ThrowsAsync<SearchUnusableException>(() => index.OpenAsync(Cancelled))).Message, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Cancelled));
    }

    [Theory]
    [InlineData("id")]
    [InlineData("risk")]
    public async Task What_no_index_can_hold_is_refused(string member)
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        var document = SearchCorpus.Document("a", "一");
        var broken = member == "id" ? document with { Id = new string('0', 600) } : document with { Risk = double.NaN };
        Assert.Contains(member, Assert.IsType<WriteOutcome.Rejected>(Assert.Single(await index.WriteAsync(null, [broken], Cancelled))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_only_look_alike_are_told_apart()
    {
        await using var index = new EmbeddedListingIndex(Folder, Some.Store);
        string[] sellers = ["a b", "a\u0000b", "\uE12E", ".", "\uE1FF.", new string('x', 300), new string('x', 300) + "y", "A", "a", "\"", "*", "a,b"];
        await index.WriteAsync(null, [.. sellers.Select((seller, number) => SearchCorpus.Document($"{number:d2}", seller) with { Seller = seller })], Cancelled);
        foreach (var seller in sellers)
        {
            var page = await index.SearchAsync(new SearchRequest(new SearchQuery { Filters = [new SearchFilter.OneOf(SearchField.Seller, [seller])] }, 10), Cancelled);
            Assert.Equal([seller], page.Hits.Select(hit => hit.Seller));
        }
    }
}
