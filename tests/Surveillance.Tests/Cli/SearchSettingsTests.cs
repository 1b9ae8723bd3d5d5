using Surveillance.Api.Settings;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

public sealed class SearchSettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_an_address_the_index_is_embedded_beside_the_records()
    {
        var settings = Load("");

        Assert.Null(settings.SearchServer());
        Assert.Equal(Path.Combine(_folder.Path, "search"), settings.SearchFolder);
    }

    [Fact]
    public void A_server_has_a_key_or_a_user_and_shards()
    {
        var byKey = Load("SEARCH=https://search.example:9200/es SEARCH_KEY=secret SEARCH_SHARDS=3").SearchServer()!;
        Assert.Equal(("https://search.example:9200/es", "secret", null, 3), (byKey.Address.OriginalString, byKey.ApiKey, byKey.User, byKey.Shards));

        var byUser = Load("SEARCH=http://127.0.0.1:9200 SEARCH_USER=writer SEARCH_PASSWORD=secret").SearchServer()!;
        Assert.Equal((null, "writer", "secret", 1), (byUser.ApiKey, byUser.User, byUser.Password, byUser.Shards));
    }

    [Fact]
    public void Secrets_may_lie_in_files()
    {
        var (user, password) = (_folder.File("user", "writer\n"), _folder.File("password", " secret \r\n"));
        var server = Load($"SEARCH=https://search.example SEARCH_USER_FILE={user} SEARCH_PASSWORD_FILE={password}").SearchServer()!;

        Assert.Equal(("writer", "secret"), (server.User, server.Password));
        Assert.Equal("secret", Load($"SEARCH=https://search.example SEARCH_KEY_FILE={password}").SearchServer()!.ApiKey);
    }

    [Theory]
    [InlineData("SEARCH=search.example", "expects an address")]
    [InlineData("SEARCH=ftp://search.example", "expects an address")]
    [InlineData("SEARCH=https://writer:s3cret@search.example", "without user and password")]
    [InlineData("SEARCH=https://search.example/?key=s3cret", "without a query")]
    [InlineData("SEARCH=https://search.example SEARCH_KEY=s3cret SEARCH_USER=writer SEARCH_PASSWORD=s3cret", "search_key or search_user, got both")]
    [InlineData("SEARCH=https://search.example SEARCH_KEY=s3cret SEARCH_KEY_FILE=x", "search_key or search_key_file, got both")]
    [InlineData("SEARCH=https://search.example SEARCH_USER=writer", "search_password beside it")]
    [InlineData("SEARCH=https://search.example SEARCH_PASSWORD=s3cret", "search_user beside it")]
    [InlineData("SEARCH=http://search.example SEARCH_KEY=s3cret", "over https only")]
    [InlineData("SEARCH=http://search.example SEARCH_USER=writer SEARCH_PASSWORD=s3cret", "over https only")]
    [InlineData("SEARCH=https://search.example SEARCH_KEY_FILE=/no/such/file", "expects a readable file")]
    [InlineData("SEARCH=https://search.example SEARCH_CA=/no/such/file", "expects a readable file")]
    [InlineData("SEARCH=http://127.0.0.1 SEARCH_CA=/no/such/file", "https address")]
    [InlineData("SEARCH=https://search.example SEARCH_SHARDS=0", "from 1 to 1024")]
    [InlineData("SEARCH_KEY=s3cret", "names no server")]
    public void What_does_not_go_together_is_one_sentence_without_secrets(string environment, string expected)
    {
        var message = Assert.Throws<SettingsException>(() => Load(environment).SearchServer()).Message;

        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void An_empty_file_holds_no_secret() =>
        Assert.Contains("is empty", Assert.Throws<SettingsException>(() => Load($"SEARCH=https://search.example SEARCH_KEY_FILE={_folder.File("key", "\n")}").SearchServer()).Message, StringComparison.Ordinal);

    [Fact]
    public void Secrets_are_masked() =>
        Assert.DoesNotContain(Load("SEARCH=https://search.example SEARCH_KEY=s3cret SEARCH_PASSWORD=s3cret").All, setting => setting.Shown.Contains("s3cret", StringComparison.Ordinal));

    private SurveillanceSettings Load(string environment)
    {
        var variables = environment.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => $"SURVEIL_{pair[0]}", pair => pair[1]);
        return SurveillanceSettings.Load(variables.GetValueOrDefault, variables.Keys, new Dictionary<string, string?> { ["data"] = _folder.Path });
    }
}
