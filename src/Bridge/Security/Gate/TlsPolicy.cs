using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// How both ends use the platform's TLS: version 1.3 only, a certificate on both sides, known by
/// the fingerprint of its key and by nothing else, no resumption, no renegotiation.
/// </summary>
internal static class TlsPolicy
{
    /// <summary>ALPN name of the control stream.</summary>
    public static readonly SslApplicationProtocol Control = new("hilrig-control/2");

    /// <summary>ALPN name of the stream of states.</summary>
    public static readonly SslApplicationProtocol States = new("hilrig-states/2");

    /// <summary>ALPN name of the clock's stream.</summary>
    public static readonly SslApplicationProtocol Clock = new("hilrig-clock/1");

    // Version 1.3 by name on purpose: what is newer has not been looked at.
    private const SslProtocols Version = SslProtocols.Tls13;

    /// <summary>The gate's side.</summary>
    /// <param name="key">The gate's key.</param>
    /// <param name="judge">Judges the peer's certificate; null when it has none.</param>
    public static SslServerAuthenticationOptions Server(
        RigKey key, Func<X509Certificate2?, bool> judge) => new()
        {
            ServerCertificateContext = key.TlsContext,
            EnabledSslProtocols = Version,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            ClientCertificateRequired = true,
            AllowRenegotiation = false,
            AllowTlsResume = false,
            ApplicationProtocols = [Control, States, Clock],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback =
                (_, certificate, _, _) => judge(certificate as X509Certificate2),
        };

    /// <summary>The client's side.</summary>
    /// <param name="key">The client's key.</param>
    /// <param name="stream">Which stream it asks for.</param>
    /// <param name="judge">Judges the gate's certificate; null when it has none.</param>
    public static SslClientAuthenticationOptions Client(
        RigKey key, SslApplicationProtocol stream, Func<X509Certificate2?, bool> judge) => new()
        {
            // No name is looked up or checked: the key is.
            TargetHost = "hilrig",
            ClientCertificateContext = key.TlsContext,
            EnabledSslProtocols = Version,
            EncryptionPolicy = EncryptionPolicy.RequireEncryption,
            AllowRenegotiation = false,
            AllowTlsResume = false,
            ApplicationProtocols = [stream],
            CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback =
                (_, certificate, _, _) => judge(certificate as X509Certificate2),
        };

    // Without this, the platform may fetch what a stranger's certificate points to.
    private static X509ChainPolicy NoChain() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };
}
