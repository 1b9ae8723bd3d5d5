namespace Surveillance.Api.Accounts;

/// <summary>Who decides. Until accounts exist everyone who may use this server is one officer.</summary>
internal static class Officer
{
    public const string Local = "监测员";
}
