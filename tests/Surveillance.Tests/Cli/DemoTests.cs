using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Cli;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

/// <summary>The whole product as a new user meets it: the built program, the demo marketplace, real Chromium.</summary>
public sealed partial class DemoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_command_crawls_assesses_and_lists_and_a_second_one_changes_no_listing()
    {
        var (code, output) = await RunAsync("demo", "--once", "--data", _folder.Path);

        Assert.Equal(0, code);
        foreach (var type in Classifier.ViolationType.OfText)
        {
            Assert.Matches($@"{type} \S+ +│ +\d+ │", output);
        }

        var listings = Scalar("SELECT count(*) FROM listing");
        Assert.True(listings >= 300, $"{listings} listings");
        Assert.Equal(1, Scalar("SELECT count(*) FROM frontier WHERE state = 'declined' AND url LIKE '%/private/%'"));
        Assert.Equal(3, Scalar("SELECT count(DISTINCT blocked) FROM capture WHERE outcome = 'blocked'"));
        Assert.Equal(0, Scalar("SELECT count(*) FROM frontier WHERE state = 'failed'"));
        Assert.Equal(0, Scalar("SELECT count(*) FROM listing WHERE NOT EXISTS (SELECT 1 FROM assessment WHERE listing_id = listing.id)"));

        var (again, _) = await RunAsync("demo", "--once", "--data", _folder.Path);
        Assert.Equal(0, again);
        Assert.Equal(listings, Scalar("SELECT count(*) FROM listing"));
        Assert.Equal(listings, Scalar("SELECT count(*) FROM listing_version"));
    }

    private static async Task<(int Code, string Output)> RunAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(CommandLine).Assembly.Location);
        Array.ForEach(args, start.ArgumentList.Add);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper?.WriteLine(output + Escapes().Replace(await error, ""));
        return (process.ExitCode, output);
    }

    private long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "surveillance.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    [GeneratedRegex(@"\x1b\[[0-9;]*m", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();
}
