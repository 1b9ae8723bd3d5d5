using Surveillance.Api.Cli;
using Surveillance.Api.Settings;

namespace Surveillance.Tests.Cli;

public sealed class ServeTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5080")]
    [InlineData("http://localhost:5080;http://[::1]:5080")]
    public void Loopback_needs_no_token(string urls) => ServeCommand.RequireTokenBeyondLoopback(Settings(urls, token: null));

    [Theory]
    [InlineData("http://0.0.0.0:5080")]
    [InlineData("http://*:5080")]
    [InlineData("http://+:80")]
    [InlineData("http://192.168.1.5:5080")]
    [InlineData("http://127.0.0.1:5080;http://[::]:5080")]
    [InlineData("http://surveillance.example:5080")]
    public void Beyond_loopback_the_server_starts_only_with_a_token(string urls)
    {
        Assert.Contains("SURVEIL_TOKEN", Assert.Throws<UsageException>(() => ServeCommand.RequireTokenBeyondLoopback(Settings(urls, token: null))).Message, StringComparison.Ordinal);
        ServeCommand.RequireTokenBeyondLoopback(Settings(urls, token: "a-token-of-some-length"));
    }

    [Fact]
    public void A_short_token_is_no_token() =>
        Assert.Throws<UsageException>(() => ServeCommand.RequireTokenBeyondLoopback(Settings("http://127.0.0.1:5080", token: "short")));

    [Theory]
    [InlineData("5080")]
    [InlineData("ftp://127.0.0.1")]
    public void What_is_no_address_is_refused(string urls) =>
        Assert.Throws<UsageException>(() => ServeCommand.RequireTokenBeyondLoopback(Settings(urls, token: "a-token-of-some-length")));

    private static SurveillanceSettings Settings(string urls, string? token) => SurveillanceSettings.Load(
        name => name == "SURVEIL_TOKEN" ? token : null, [], new Dictionary<string, string?> { ["urls"] = urls, ["data"] = Path.GetTempPath() });
}
