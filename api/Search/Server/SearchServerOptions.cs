namespace Surveillance.Api.Search.Server;

/// <summary>Where the search server is and how we show who we are.</summary>
/// <param name="Address">http or https, a path before the server's own included; a user and password in it count where none are given beside it.</param>
/// <param name="ApiKey">As the server gave it out: encoded, or <c>id:key</c>. Comes before user and password.</param>
/// <param name="CaFile">Certificates (PEM, or one in DER) that alone vouch for the server; null for those that the machine trusts.</param>
/// <param name="Shards">Of indexes that are made from now on, 1 to 1,024.</param>
public sealed record SearchServerOptions(Uri Address, string? ApiKey = null, string? User = null, string? Password = null, string? CaFile = null, int Shards = 1)
{
    /// <summary>For what a person waits for: opening, searching and counting.</summary>
    public ServerPatience Reading { get; init; } = new(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5));

    /// <summary>For everything else.</summary>
    public ServerPatience Writing { get; init; } = new(TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(30));

    /// <summary>The address without credentials.</summary>
    public string Name => Address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/');

    internal ServerPatience PatienceFor(ServerRequest request) => request.IsAwaited ? Reading : Writing;

    /// <summary>Tells no secret, other than a record's own.</summary>
    public override string ToString() => Name;
}

/// <summary>How long a server may take.</summary>
/// <param name="Timeout">For one attempt, answer included.</param>
/// <param name="InAll">After how long a server that is busy or away is asked no more.</param>
public sealed record ServerPatience(TimeSpan Timeout, TimeSpan InAll);
