using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Surveillance.Api.Search.Server;

/// <summary>Makes the client that speaks to the server: certificates always verified, credentials with every request, redirects and proxies never followed.</summary>
/// <remarks>A search server is a machine of one's own, so the proxies of the environment, by which an office reaches the outside, do not count for it.</remarks>
internal static class ServerTransport
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    // So that a server whose name moves to another machine is found again.
    private static readonly TimeSpan LongestConnection = TimeSpan.FromMinutes(5);

    /// <exception cref="SearchUnusableException">The address, the CA file or the credentials can't be used.</exception>
    public static HttpClient Client(SearchServerOptions options)
    {
        if (!options.Address.IsAbsoluteUri || options.Address.Scheme is not ("http" or "https"))
        {
            throw new SearchUnusableException("expected the search server's address to be http://… or https://…");
        }

        var authorization = Authorization(options);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = LongestConnection,
        };
        if (options.CaFile is { } file)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = Trust(file) };
        }

        // Each attempt has a timeout of its own (ServerConnection).
        var client = new HttpClient(handler) { BaseAddress = new Uri(options.Name + "/"), Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.Authorization = authorization;
        return client;
    }

    private static X509ChainPolicy Trust(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(file);
            if (policy.CustomTrustStore.Count == 0)
            {
                policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificateFromFile(file));
            }
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new SearchUnusableException($"expected certificates in the search server's CA file {file}: {error.Message}", error);
        }

        return policy;
    }

    private static AuthenticationHeaderValue? Authorization(SearchServerOptions options)
    {
        var (user, password) = Credentials(options);
        var (scheme, secret) = (options.ApiKey, user) switch
        {
            ({ } key, _) => ("ApiKey", key.Contains(':', StringComparison.Ordinal) ? Encoded(key) : key),
            (null, { } name) => ("Basic", Encoded($"{name}:{password}")),
            _ => ("", ""),
        };
        if (scheme.Length == 0)
        {
            return null;
        }

        // The header's own exception would quote the secret.
        return secret.Length > 0 && secret.All(c => c is > ' ' and < '\u007f')
            ? new AuthenticationHeaderValue(scheme, secret)
            : throw new SearchUnusableException("expected the search server's API key to be letters, digits and signs without spaces");
    }

    private static (string? User, string? Password) Credentials(SearchServerOptions options)
    {
        if (options.User is not null || options.Address.UserInfo.Length == 0)
        {
            return (options.User, options.Password);
        }

        var parts = options.Address.UserInfo.Split(':', 2);
        return (Uri.UnescapeDataString(parts[0]), parts.Length > 1 ? Uri.UnescapeDataString(parts[1]) : options.Password);
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
