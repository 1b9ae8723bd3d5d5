using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Surveillance.Crawler.Fetching;

/// <summary>A server's certificate is not what it should be. Always becomes a failed outcome.</summary>
internal sealed class TlsRefusedException : AuthenticationException
{
    /// <param name="reason">As a person reads it.</param>
    private TlsRefusedException(string reason)
        : base(reason)
    {
    }

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/>: says what is wrong where the usual answer is only "no".</summary>
    /// <exception cref="TlsRefusedException">The certificate is refused.</exception>
    public static bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors == SslPolicyErrors.None)
        {
            return true;
        }

        var faults = chain?.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status) ?? X509ChainStatusFlags.NoError;
        throw new TlsRefusedException(ReasonOf(errors, faults));
    }

    /// <summary>The worst fault first: a certificate that nobody vouches for says nothing by its name or dates.</summary>
    private static string ReasonOf(SslPolicyErrors errors, X509ChainStatusFlags faults) =>
        errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) ? TlsFaults.None
        : faults.HasFlag(X509ChainStatusFlags.Revoked) ? TlsFaults.Revoked
        : faults.HasFlag(X509ChainStatusFlags.UntrustedRoot) || faults.HasFlag(X509ChainStatusFlags.PartialChain) ? TlsFaults.Untrusted
        : faults.HasFlag(X509ChainStatusFlags.NotTimeValid) ? TlsFaults.Expired
        : errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? TlsFaults.WrongName
        : TlsFaults.Other;
}

/// <summary>What can be wrong with a certificate, as people read it; the same words whichever fetcher met it.</summary>
internal static class TlsFaults
{
    public const string None = "TLS：服务器没有出示证书";
    public const string Revoked = "TLS 证书已吊销";
    public const string Untrusted = "TLS 证书不受信任（自签名或颁发者不明）";
    public const string Expired = "TLS 证书已过期或尚未生效";
    public const string WrongName = "TLS 证书与域名不符";
    public const string Other = "TLS 证书无效";
    public const string Handshake = "TLS 握手失败";

    /// <summary>Chromium's names for the same.</summary>
    public static string OfChromium(string error) => error switch
    {
        _ when error.Contains("ERR_CERT_REVOKED", StringComparison.Ordinal) => Revoked,
        _ when error.Contains("ERR_CERT_AUTHORITY_INVALID", StringComparison.Ordinal) => Untrusted,
        _ when error.Contains("ERR_CERT_DATE_INVALID", StringComparison.Ordinal) => Expired,
        _ when error.Contains("ERR_CERT_COMMON_NAME_INVALID", StringComparison.Ordinal) => WrongName,
        _ when error.Contains("ERR_CERT_", StringComparison.Ordinal) => Other,
        _ => Handshake,
    };
}
