using System.Globalization;
using Surveillance.Api.Search.Server;

namespace Surveillance.Api.Settings;

/// <summary>Reads what the settings say about the search server; what is wrong is one sentence that tells no secret.</summary>
internal static class SearchSettings
{
    private const int MostShards = 1024;

    private static readonly string[] OfServer = ["search_key", "search_key_file", "search_user", "search_user_file", "search_password", "search_password_file", "search_ca"];

    /// <param name="setting">A setting's value by its name.</param>
    /// <returns>Null where no server is named.</returns>
    /// <exception cref="SettingsException">A setting is wrong, or two don't go together.</exception>
    public static SearchServerOptions? Read(Func<string, SettingValue> setting)
    {
        var shards = Shards(setting("search_shards"));
        if (setting("search").Value is null)
        {
            return OfServer.Select(setting).FirstOrDefault(value => value.Value is not null) is { } lost
                ? throw Wrong(lost, "goes with search (SURVEIL_SEARCH), which names no server")
                : null;
        }

        var address = Address(setting("search"));
        var key = Secret(setting, "search_key");
        var user = Secret(setting, "search_user");
        var password = Secret(setting, "search_password");
        if (key is not null && user is not null)
        {
            throw new SettingsException($"expected search_key or search_user, got both ({key.Origin} and {user.Origin})");
        }

        if ((user is null) != (password is null))
        {
            throw Wrong((user ?? password)!, user is null ? "expects search_user beside it" : "expects search_password beside it");
        }

        if ((key ?? user) is { } credential && address.Scheme != Uri.UriSchemeHttps && !address.IsLoopback)
        {
            throw Wrong(credential, $"is sent over https only, or to this machine; search is {address.Scheme}://{address.Host}");
        }

        return new SearchServerOptions(address, key?.Value, user?.Value, password?.Value, CertificateFile(setting("search_ca"), address), shards);
    }

    private static Uri Address(SettingValue setting)
    {
        if (!Uri.TryCreate(setting.Value, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
        {
            throw Wrong(setting, "expects an address such as https://search.example:9200");
        }

        return address switch
        {
            { UserInfo.Length: > 0 } => throw Wrong(setting, "expects an address without user and password; search_user and search_password hold them"),
            { Query.Length: > 0 } or { Fragment.Length: > 0 } => throw Wrong(setting, "expects an address without a query or fragment"),
            _ => address,
        };
    }

    /// <summary>A value, or the content of the file that holds it.</summary>
    private static SettingValue? Secret(Func<string, SettingValue> setting, string name)
    {
        var given = setting(name);
        var file = setting(name + "_file");
        return (given.Value, file.Value) switch
        {
            (null, null) => null,
            (_, null) => given,
            (null, { } path) => file with { Value = Content(file, path) },
            _ => throw new SettingsException($"expected {name} or {name}_file, got both ({given.Origin} and {file.Origin})"),
        };
    }

    private static string Content(SettingValue setting, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim() is { Length: > 0 } content ? content : throw Wrong(setting, $"expects a file that holds one line, {path} is empty");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"{setting.Origin}: {setting.Definition.Name} expects a readable file, {path} is none: {error.Message}", error);
        }
    }

    private static string? CertificateFile(SettingValue setting, Uri address) =>
        setting.Value switch
        {
            null => null,
            _ when address.Scheme != Uri.UriSchemeHttps => throw Wrong(setting, "goes with an https address in search"),
            { } path when !File.Exists(path) => throw Wrong(setting, $"expects a readable file, {path} is none"),
            { } path => path,
        };

    private static int Shards(SettingValue setting) =>
        int.TryParse(setting.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var shards) && shards is >= 1 and <= MostShards
            ? shards
            : throw Wrong(setting, $"expects a number from 1 to {MostShards}, got {setting.Value}");

    private static SettingsException Wrong(SettingValue setting, string reason) => new($"{setting.Origin}: {setting.Definition.Name} {reason}");
}
