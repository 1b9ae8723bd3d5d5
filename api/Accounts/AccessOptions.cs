namespace Surveillance.Api.Accounts;

/// <summary>Who may use the server until accounts exist.</summary>
/// <param name="Token">What every request must carry (<c>SURVEIL_TOKEN</c>); null admits this machine, by its own names, and nobody else.</param>
public sealed record AccessOptions(string? Token);
