using System.Buffers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// Names a public key: SHA-256 of its SubjectPublicKeyInfo (RFC 5280, DER), so that it stays the
/// same whatever certificate carries the key.
/// </summary>
public sealed record KeyFingerprint
{
    private const string Prefix = "sha256:";
    private const int HexLength = 64;

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");

    private KeyFingerprint(string text) => Text = text;

    /// <summary>"sha256:" and 64 lower-case hexadecimal digits.</summary>
    public string Text { get; }

    /// <summary>The fingerprint of a certificate's key.</summary>
    /// <param name="certificate">The certificate.</param>
    public static KeyFingerprint Of(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        byte[] key = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        return new KeyFingerprint(Prefix + Convert.ToHexStringLower(SHA256.HashData(key)));
    }

    /// <summary>Reads the text of a fingerprint.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Null when it is none.</returns>
    public static KeyFingerprint? TryParse(string? text)
    {
        if (text is null || text.Length != Prefix.Length + HexLength
            || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        bool isHex = !text.AsSpan(Prefix.Length).ContainsAnyExcept(Hex);
        return isHex ? new KeyFingerprint(text) : null;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
