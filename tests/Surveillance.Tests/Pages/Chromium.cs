using Microsoft.Playwright;

namespace Surveillance.Tests.Pages;

/// <summary>The Chromium of this machine, started once for all browser tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome"];

    // Long, because other work may share the machine; a test that passes never waits for it.
    private const float PatienceMs = 30_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Null where none is installed; the tests then say so and are skipped.</summary>
    private static string? Path => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => Names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Path is not { } path)
        {
            return;
        }

        _playwright = await Playwright.CreateAsync();
        string[] flags = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = Environment.UserName == "root" ? [.. flags, "--no-sandbox"] : flags,
        });
    }

    /// <summary>A fresh window of an officer's screen.</summary>
    public async Task<IPage> OpenAsync(Uri address)
    {
        Assert.SkipWhen(_browser is null, "no chromium on PATH");
        var context = await _browser!.NewContextAsync(new()
        {
            BaseURL = address.AbsoluteUri,
            ViewportSize = new() { Width = 1366, Height = 768 },
            Locale = "zh-CN",
            TimezoneId = "Asia/Shanghai",
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(PatienceMs);
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
