using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Surveillance.Benchmarks.Crawling;

/// <summary>A data folder with one source, crawled by the built program.</summary>
internal sealed class CrawlFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("surveil-crawl");

    /// <param name="seeds">Addresses on loopback.</param>
    /// <param name="rate">As the source file says it.</param>
    public CrawlFolder(IEnumerable<Uri> seeds, string rate) =>
        File.WriteAllText(System.IO.Path.Combine(_folder.CreateSubdirectory("sources").FullName, "bench.yaml"), $$"""
            id: bench
            name: 测试市场
            platform: 闲鱼
            kind: marketplace
            enabled: true
            seeds: [{{string.Join(", ", seeds.Select(seed => $"\"{seed}\""))}}]
            render: http
            schedule: "0 0 0 1 1 ?"
            rate: {{rate}}
            max_pages: 1000000
            max_depth: 10000
            follow: {lists: true, details: true}
            allow_hosts: [127.0.0.1]
            authorisation: {by: 测试, on: 2026-11-25, document: 测试}
            """);

    public string Path => _folder.FullName;

    /// <summary>Starts a crawl. The caller disposes of the process.</summary>
    public Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach([typeof(Api.Cli.CommandLine).Assembly.Location, "crawl", "bench", "--data", _folder.FullName], start.ArgumentList.Add);
        var process = Process.Start(start)!;

        // What it says is of no interest, but a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    public long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={System.IO.Path.Combine(_folder.FullName, "surveillance.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    public void Dispose()
    {
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            file.Attributes = FileAttributes.Normal;
        }

        _folder.Delete(recursive: true);
    }
}
