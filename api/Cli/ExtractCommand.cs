using System.CommandLine;
using System.Text.Json;
using Surveillance.Classifier;
using Surveillance.Crawler.Extraction;
using Surveillance.Crawler.Extraction.Sites;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil extract</c>: what a saved page says.</summary>
internal static class ExtractCommand
{
    /// <summary>As much of a page as the crawler keeps.</summary>
    private const int LargestPageBytes = 20 << 20;

    public static Command Build(CommandStreams streams)
    {
        var file = new Argument<string>("FILE") { Description = "A saved page; - for standard input." };
        var url = new Option<string>("--url") { Description = "Where the page came from; relative addresses are resolved against it.", Required = true, HelpName = "URL" };
        var lines = new Option<bool>("--lines") { Description = "Print only the page's listings, one a line." };
        var data = SettingsOptions.DataFolder();
        var command = new Command("extract", "Says what a page says: kind, outcome, listings.")
        {
            file, url, lines, data,
        }.WithExample("surveil extract page.html --url https://example.com/search?q=1 --lines");
        command.SetAction((parsed, cancellationToken) =>
        {
            return RunAsync(streams, Reader(parsed.GetValue(data)), parsed.GetRequiredValue(file), parsed.GetRequiredValue(url), parsed.GetValue(lines), cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandStreams streams, PageReader reader, string file, string url, bool lines, CancellationToken cancellationToken)
    {
        var address = Address(url);
        var content = reader.Read(await ReadAsync(streams, file, cancellationToken), address);
        await using var output = streams.OpenWriter();
        if (!lines)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(content, ContractJson.Options));
            return ExitCode.Done;
        }

        foreach (var listing in content.Listings)
        {
            await output.WriteLineAsync(JsonSerializer.Serialize(listing, ContractJson.Options));
        }

        return ExitCode.Done;
    }

    /// <exception cref="UsageException">A site file is wrong.</exception>
    private static PageReader Reader(string? dataFolder)
    {
        var sites = SiteFiles.Read(Path.Combine(SettingsOptions.Load(dataFolder).DataFolder, "sites"));
        return sites.Faults is [var fault, ..] ? throw new UsageException($"{fault.File}: {fault.Reason}") : PageReader.CreateDefault(sites.Catalog);
    }

    /// <summary>The address, or what stands before its first space or comma: notes on saved pages write more behind it.</summary>
    private static Uri Address(string url)
    {
        var end = url.AsSpan().Trim().IndexOfAny(" \t,，");
        return (Uri.TryCreate(url, UriKind.Absolute, out var address) || (end > 0 && Uri.TryCreate(url.Trim()[..end], UriKind.Absolute, out address)))
            && address.Scheme is "http" or "https"
            ? address
            : throw new UsageException($"--url expects an absolute http or https address, got {url}");
    }

    private static async Task<byte[]> ReadAsync(CommandStreams streams, string file, CancellationToken cancellationToken)
    {
        await using var input = streams.OpenInput(file);
        using var bytes = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = await input.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            bytes.Write(buffer.AsSpan(0, read));
            if (bytes.Length > LargestPageBytes)
            {
                throw new UsageException($"expected a page of at most {LargestPageBytes} bytes, {file} is larger");
            }
        }

        return bytes.ToArray();
    }
}
