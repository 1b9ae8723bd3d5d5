using System.CommandLine;
using System.Net;
using Surveillance.Api.Search;
using Surveillance.Api.Search.Feeding;
using Surveillance.Api.Settings;

namespace Surveillance.Api.Cli;

/// <summary><c>surveil serve</c>: web pages, API and scheduled crawls.</summary>
internal static class ServeCommand
{
    /// <summary>Nothing slows guesses down yet, so a token must be beyond guessing.</summary>
    private const int ShortestToken = 16;

    public static Command Build(CommandStreams streams)
    {
        var data = SettingsOptions.DataFolder();
        var urls = new Option<string?>("--urls") { Description = "Where to listen (setting urls).", HelpName = "U" };
        var role = new Option<ServerRole>("--role") { Description = "Which parts to run: all, web or crawler.", DefaultValueFactory = _ => ServerRole.All };
        var rulesOnly = SettingsOptions.RulesOnly();
        var command = new Command("serve", "Serves web pages and API, and crawls each source on its schedule.") { urls, data, role, rulesOnly }
            .WithExample("surveil serve --urls http://127.0.0.1:5080 --data /srv/surveillance");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = SettingsOptions.Load(parsed.GetValue(data), parsed.GetValue(urls), parsed.GetValue(rulesOnly));
            RequireTokenBeyondLoopback(settings);
            await using var server = ProgramServices.BuildServer(settings, parsed.GetValue(role));
            // Its data are read now, so that a wrong file stops the start.
            server.Services.GetRequiredService<ListingSearch>();
            await server.Services.GetRequiredService<IndexGate>().OpenAsync(cancellationToken);
            await StartAsync(server, settings, cancellationToken);
            await streams.Error.WriteLineAsync($"serving {string.Join(' ', server.Urls)}; records in {Path.GetFullPath(settings.DataFolder)}{(settings.RulesOnly ? "; the statistical model is off, the rules decide alone" : "")}");
            await server.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }

    /// <exception cref="UsageException">The address can't be listened on.</exception>
    internal static async Task StartAsync(WebApplication server, SurveillanceSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            await server.StartAsync(cancellationToken);
        }
        catch (Exception error) when (error is IOException or FormatException or InvalidOperationException { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new UsageException($"urls expects free addresses to listen on, {settings.Urls} can't be used: {error.Message}", error);
        }
    }

    /// <summary>Until accounts exist, whoever reaches the server beyond this machine must carry the token.</summary>
    internal static void RequireTokenBeyondLoopback(SurveillanceSettings settings)
    {
        if (settings.Token is { Length: < ShortestToken })
        {
            throw new UsageException($"SURVEIL_TOKEN expects at least {ShortestToken} characters, got {settings.Token.Length}");
        }

        foreach (var address in settings.Urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            {
                // Kestrel's wildcard hosts (http://*:80, http://+:80) are no addresses, and never loopback.
                if (!address.StartsWith("http://", StringComparison.Ordinal) && !address.StartsWith("https://", StringComparison.Ordinal))
                {
                    throw new UsageException($"urls expects http or https addresses separated by semicolons, got {address}");
                }
            }
            else if (url.IsLoopback && (url.Host == "localhost" || IPAddress.TryParse(url.Host.Trim('[', ']'), out _)))
            {
                continue;
            }

            if (settings.Token is null)
            {
                throw new UsageException($"serve listens beyond loopback ({address}) only with SURVEIL_TOKEN set, which every request must then carry");
            }
        }
    }
}
