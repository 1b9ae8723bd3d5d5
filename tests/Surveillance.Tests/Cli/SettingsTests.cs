using Surveillance.Api.Settings;
using Surveillance.Tests.Support;

namespace Surveillance.Tests.Cli;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        _folder.File("surveil.yaml", "urls: http://127.0.0.1:1\ntoken: secret\ncontact: office@example.org\n");
        var settings = Load(new() { ["SURVEIL_URLS"] = "http://127.0.0.1:2", ["SURVEIL_TOKEN"] = "other" }, new() { ["urls"] = "http://127.0.0.1:3" });

        Assert.Equal("http://127.0.0.1:3", settings.Urls);
        Assert.Equal("other", settings.Token);
        Assert.Equal("office@example.org", settings.Contact);
    }

    [Fact]
    public void A_secret_is_masked()
    {
        var settings = Load(new() { ["SURVEIL_TOKEN"] = "secret" });
        Assert.DoesNotContain(settings.All, setting => setting.Shown.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("tokn: x\n", "token")]
    [InlineData("URL: x\n", "urls")]
    [InlineData("urls: [a, b]\n", "flat YAML")]
    [InlineData("urls: a\nurls: b\n", "flat YAML")]
    [InlineData("urls: [a\n", "flat YAML")]
    public void A_wrong_file_is_an_error_that_says_what_was_expected(string yaml, string expected)
    {
        _folder.File("surveil.yaml", yaml);
        Assert.Contains(expected, Assert.Throws<SettingsException>(() => Load([])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_variable_names_the_nearest_known_one() =>
        Assert.Contains("SURVEIL_STORE", Assert.Throws<SettingsException>(() => Load(new() { ["SURVEIL_STOER"] = "x" })).Message, StringComparison.Ordinal);

    private SurveillanceSettings Load(Dictionary<string, string> environment, Dictionary<string, string?>? overrides = null)
    {
        environment["SURVEIL_DATA"] = _folder.Path;
        return SurveillanceSettings.Load(environment.GetValueOrDefault, environment.Keys, overrides ?? []);
    }
}
