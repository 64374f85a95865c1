using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// A key pair with the self-signed certificate that carries its public half. The certificate proves
/// nothing by itself: the other side knows the key's fingerprint beforehand. It does not expire,
/// because a robot's clock may be wrong; a key ends by being revoked.
/// </summary>
public sealed class RigKey : IDisposable
{
    private const string ServerUse = "1.3.6.1.5.5.7.3.1";
    private const string ClientUse = "1.3.6.1.5.5.7.3.2";

    // RFC 5280, 4.1.2.5: no well-defined end.
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    private RigKey(string name, X509Certificate2 certificate)
    {
        Name = name;
        Certificate = certificate;
        Fingerprint = KeyFingerprint.Of(certificate);
        TlsContext = SslStreamCertificateContext.Create(
            certificate, additionalCertificates: null, offline: true);
    }

    /// <summary>Its name on this machine.</summary>
    public string Name { get; }

    /// <summary>What the other side knows it by.</summary>
    public KeyFingerprint Fingerprint { get; }

    /// <summary>One line to hand to the other side: format, name, certificate.</summary>
    public string PublicText => PublicKeyText.Format(Name, Certificate);

    /// <summary>What TLS needs of it; made once, because it is dear.</summary>
    internal SslStreamCertificateContext TlsContext { get; }

    /// <summary>The certificate with its private key.</summary>
    internal X509Certificate2 Certificate { get; }

    /// <summary>Makes a new key pair; nothing is stored yet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="curve">P-256 or P-384.</param>
    /// <exception cref="KeyException">The name is not valid.</exception>
    public static RigKey Create(string name, KeyCurve curve = KeyCurve.P256)
    {
        KeyName.Require(name);
        (ECCurve field, HashAlgorithmName hash) = curve switch
        {
            KeyCurve.P256 => (ECCurve.NamedCurves.nistP256, HashAlgorithmName.SHA256),
            KeyCurve.P384 => (ECCurve.NamedCurves.nistP384, HashAlgorithmName.SHA384),
        };
        using var pair = ECDsa.Create(field);
        var request = new CertificateRequest($"CN=hilrig {name}", pair, hash);
        request.CertificateExtensions.Add(
            new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerUse), new Oid(ClientUse)], critical: false));
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using X509Certificate2 certificate = request.CreateSelfSigned(Start, End);
        return FromPem(
            name, certificate.ExportCertificatePem(), pair.ExportPkcs8PrivateKeyPem());
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    /// <summary>Makes a key of its two files.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="certificatePem">The certificate.</param>
    /// <param name="privatePem">The private key, PKCS #8.</param>
    /// <exception cref="CryptographicException">They are not, or do not match.</exception>
    internal static RigKey FromPem(string name, string certificatePem, string privatePem)
    {
        X509Certificate2 certificate = X509Certificate2.CreateFromPem(certificatePem, privatePem);
        if (!OperatingSystem.IsWindows())
        {
            return new RigKey(name, certificate);
        }

        // Windows' TLS cannot use a private key that lives in memory only.
        using (certificate)
        {
            return new RigKey(name, X509CertificateLoader.LoadPkcs12(
                certificate.Export(X509ContentType.Pkcs12), null));
        }
    }

    /// <summary>The private key as a file.</summary>
    internal string ExportPrivatePem()
    {
        using ECDsa pair = Certificate.GetECDsaPrivateKey()!;
        return pair.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
