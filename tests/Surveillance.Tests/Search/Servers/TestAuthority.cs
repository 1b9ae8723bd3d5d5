using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Surveillance.Tests.Search.Servers;

/// <summary>Vouches for one server at 127.0.0.1, and for no name.</summary>
internal sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _root;

    public TestAuthority(string name)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", rootKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        _root = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(2));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var leaf = new CertificateRequest("CN=node", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        leaf.CertificateExtensions.Add(names.Build());
        using var signed = leaf.Create(_root, now.AddDays(-1), now.AddDays(1), [1]);
        Certificate = signed.CopyWithPrivateKey(key);
    }

    /// <summary>The server's, with its key.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>The authority's own, as users give it.</summary>
    public string Pem => _root.ExportCertificatePem();

    public void Dispose()
    {
        Certificate.Dispose();
        _root.Dispose();
    }
}
