using Dapper;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Search.Feeding;

public sealed class IndexLeaseTests : IAsyncLifetime
{
    private readonly SearchBook _book = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _book.DisposeAsync();

    [Fact]
    public void One_holds_it_and_the_other_is_told_who()
    {
        var (mine, theirs) = (_book.Leases.Reindex(), _book.Leases.Reindex());

        Assert.Null(mine.TryTake());
        Assert.Null(mine.TryTake());
        Assert.Equal($"process {Environment.ProcessId} on {Environment.MachineName}, since 2026-11-22T04:00:00.000Z", theirs.TryTake()?.ToString());

        mine.Release();
        Assert.Null(theirs.TryTake());
    }

    [Fact]
    public void The_holder_hears_that_another_waits()
    {
        var (mine, theirs) = (_book.Leases.Feed(), _book.Leases.Feed());
        mine.TryTake();
        Assert.Equal((true, false), Renew(mine));

        theirs.TryTake(wait: true);

        Assert.Equal((true, true), Renew(mine));
    }

    [Fact]
    public void One_that_gives_no_sign_of_life_for_minutes_has_lost_it()
    {
        var (mine, theirs) = (_book.Leases.Reindex(), _book.Leases.Reindex());
        mine.TryTake();
        _book.Time.Now += TimeSpan.FromMinutes(2);
        Assert.True(mine.Renew());
        _book.Time.Now += TimeSpan.FromMinutes(2);
        Assert.NotNull(theirs.TryTake());
        _book.Time.Now += TimeSpan.FromMinutes(2);

        Assert.Null(theirs.TryTake());
        Assert.False(mine.Renew());
    }

    [Fact]
    public void One_whose_process_died_has_lost_it_at_once()
    {
        // No process has a number so high.
        _book.Database.Write((connection, transaction) => connection.Execute(
            "INSERT INTO index_lease (name, holder, taken_at, heartbeat_at) VALUES ('reindex', @holder, @at, @at)",
            new { holder = $"{Environment.MachineName}:2000000000:a:b", at = Api.Storage.StoredTime.Of(Some.Noon) },
            transaction));

        Assert.Null(_book.Leases.Reindex().TryTake());
    }

    private (bool IsHeld, bool IsWanted) Renew(Api.Search.Feeding.IndexLease lease) => _book.Database.Write((connection, _) => (lease.Renew(connection, out var isWanted), isWanted));
}
