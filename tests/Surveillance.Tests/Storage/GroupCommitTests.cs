using Dapper;
using Surveillance.Api.Storage;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Storage;

public sealed class GroupCommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly GroupCommit _group;

    public GroupCommitTests()
    {
        _database = new Database(Path.Combine(_folder.Path, "records.db"));
        _database.Write((connection, transaction) => connection.Execute("CREATE TABLE number (n INTEGER PRIMARY KEY)", transaction: transaction));
        _group = new GroupCommit(_database);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_of_many_writers_gets_its_own_answer_once_it_is_durable()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(n => Task.Run(async () => (n, Written: await AddAsync(n), Seen: Has(n)))));

        Assert.All(answers, answer => Assert.Equal((answer.n, true), (answer.Written, answer.Seen)));
        Assert.Equal(500, Count());
    }

    [Fact]
    public async Task One_that_fails_is_undone_alone()
    {
        var work = Enumerable.Range(0, 100).Select(n => Task.Run(() => n % 10 == 3 ? FailAsync(n) : AddAsync(n))).ToList();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(work));

        Assert.Equal(10, work.Count(task => task.IsFaulted));
        Assert.Equal(90, Count());
        Assert.Equal(1000, await AddAsync(1000));
    }

    [Fact]
    public async Task Who_was_cancelled_before_writes_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _group.WriteAsync((_, _) => 1, new CancellationToken(canceled: true)));
        Assert.Equal(0, Count());
    }

    [Fact]
    public async Task A_transaction_that_cannot_be_written_tells_everybody_and_the_next_one_works()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => _group.WriteAsync(
            (connection, transaction) => connection.Execute("ROLLBACK", transaction: transaction), TestContext.Current.CancellationToken));

        Assert.Equal(7, await AddAsync(7));
    }

    private Task<int> AddAsync(int n) => _group.WriteAsync(
        (connection, transaction) => connection.ExecuteScalar<int>("INSERT INTO number VALUES (@n) RETURNING n", new { n }, transaction), TestContext.Current.CancellationToken);

    private Task<int> FailAsync(int n) => _group.WriteAsync<int>(
        (connection, transaction) =>
        {
            connection.Execute("INSERT INTO number VALUES (@n)", new { n }, transaction);
            throw new InvalidOperationException("no");
        },
        TestContext.Current.CancellationToken);

    private bool Has(int n)
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<long>("SELECT count(*) FROM number WHERE n = @n", new { n }) == 1;
    }

    private long Count()
    {
        using var connection = _database.Open();
        return connection.ExecuteScalar<long>("SELECT count(*) FROM number");
    }
}
