using System.Diagnostics;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Surveillance.Api.Cli;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Crawling;

/// <summary>The built program, killed in the middle of a crawl again and again.</summary>
public sealed class KilledCrawlTests : IDisposable
{
    private const int Pages = 300;
    private const int Kills = 5;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_crawl_killed_at_any_point_does_every_page_once_and_loses_no_finding()
    {
        var served = 0;
        var killAt = int.MaxValue;
        Process? crawl = null;
        await using var site = await LoopbackSite.StartAsync(app =>
        {
            app.MapGet("/list", (int page) => Page(string.Concat(
                Enumerable.Range(page * 20, 20).Select(n => $"<li><a href=\"/item/{n}\">低压电工证包过 第{n}号</a><span class=price>¥{380 + n}</span></li>"))
                + (page < (Pages / 20) - 1 ? $"<a class=next href=\"/list?page={page + 1}\">下一页</a>" : "")));
            app.MapGet("/item/{n:int}", (int n) =>
            {
                if (Interlocked.Increment(ref served) == Volatile.Read(ref killAt))
                {
                    crawl!.Kill(entireProcessTree: true);
                }

                return Page($"<h1>低压电工证包过 第{n}号</h1><p class=price>¥{380 + n}</p><p>不过退款，三天拿证，编号 {n}。</p>");
            });
        });
        WriteSource(site);
        var random = new Random(20261125);
        for (var kill = 0; kill < Kills; kill++)
        {
            Volatile.Write(ref killAt, Volatile.Read(ref served) + random.Next(1, Pages / (Kills + 1)));
            crawl = Start();
            await crawl.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.NotEqual(0, crawl.ExitCode);
            crawl.Dispose();
        }

        Volatile.Write(ref killAt, int.MaxValue);
        crawl = Start();
        await crawl.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, crawl.ExitCode);
        crawl.Dispose();
        const int All = Pages + (Pages / 20);
        Assert.Equal(1, Scalar("SELECT count(*) FROM run"));
        Assert.Equal(All, Scalar("SELECT count(*) FROM frontier"));
        Assert.Equal(All, Scalar("SELECT count(*) FROM frontier WHERE state = 'done'"));
        Assert.Equal(All, Scalar("SELECT count(*) FROM capture"));
        Assert.Equal(All, Scalar("SELECT count(DISTINCT url) FROM capture"));
        Assert.Equal(Pages, Scalar("SELECT count(*) FROM listing"));
        Assert.Equal(Pages, Scalar("SELECT count(DISTINCT listing_id) FROM finding WHERE type = 'guarantee'"));
        Assert.Equal(Pages, Scalar("SELECT count(*) FROM lead"));
        Assert.Equal(0, Scalar("SELECT count(*) FROM (SELECT 1 FROM sighting GROUP BY listing_id, version, capture_id HAVING count(*) > 1)"));
    }

    private static IResult Page(string body) => Results.Text($"<!DOCTYPE html><html><head><meta charset=utf-8><title>市场</title></head><body><ul>{body}</ul></body></html>", "text/html; charset=utf-8");

    private Process Start()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach([typeof(CommandLine).Assembly.Location, "crawl", "killed", "--data", _folder.Path], start.ArgumentList.Add);
        var process = Process.Start(start)!;

        // What it says is of no interest, but a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void WriteSource(LoopbackSite site) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Path, "sources")).FullName, "killed.yaml"), $$"""
            id: killed
            name: 测试市场
            platform: 闲鱼
            kind: marketplace
            enabled: true
            seeds: ["{{site.Url("/list?page=0")}}"]
            render: http
            schedule: "0 0 0 1 1 ?"
            rate: {per_second: 1000, concurrency: 4}
            max_pages: 10000
            max_depth: 1000
            follow: {lists: true, details: true}
            allow_hosts: [127.0.0.1]
            authorisation: {by: 测试, on: 2026-11-25, document: 测试}
            """);

    private long Scalar(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder.Path, "surveillance.db")}");
        return connection.ExecuteScalar<long>(sql);
    }
}
