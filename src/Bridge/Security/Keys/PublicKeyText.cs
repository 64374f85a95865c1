using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// A public key as people hand it over: one line "hilrig-key-1 NAME BASE64", where BASE64 is the
/// certificate in DER; or a certificate in PEM; or just the key's fingerprint.
/// </summary>
/// <param name="Name">Its name, as its maker called it; null where the text has none.</param>
/// <param name="Fingerprint">What the key is known by.</param>
public sealed record PublicKeyText(string? Name, KeyFingerprint Fingerprint)
{
    private const string Format1 = "hilrig-key-1";
    private const string PemStart = "-----BEGIN CERTIFICATE-----";
    private const int LengthMax = 16 * 1024;

    /// <summary>Reads a public key.</summary>
    /// <param name="textOrPath">The text, or the name of a file that holds it.</param>
    /// <exception cref="KeyException">It is not a public key.</exception>
    public static PublicKeyText Read(string textOrPath)
    {
        ArgumentNullException.ThrowIfNull(textOrPath);
        string text = File.Exists(textOrPath)
            ? SafeFile.Read(textOrPath, isPrivate: false, LengthMax) : textOrPath;
        return TryParse(text.Trim()) ?? throw new KeyException(
            "this is not a public key",
            File.Exists(textOrPath) ? textOrPath : null,
            $"a line '{Format1} NAME …', a PEM certificate, sha256:…, or a file with one of them",
            text.Length > 40 ? $"\"{text.AsSpan(0, 40)}…\"" : $"\"{text}\"",
            "take the line that 'hilrig keys new' or 'hilrig keys show' printed on the other side");
    }

    /// <summary>The line to hand over.</summary>
    /// <param name="name">Name of the key.</param>
    /// <param name="certificate">Its certificate.</param>
    internal static string Format(string name, X509Certificate2 certificate) =>
        $"{Format1} {name} {Convert.ToBase64String(certificate.RawData)}";

    private static PublicKeyText? TryParse(string text)
    {
        if (KeyFingerprint.TryParse(text) is { } bare)
        {
            return new PublicKeyText(null, bare);
        }

        if (text.StartsWith(PemStart, StringComparison.Ordinal))
        {
            return OfCertificate(null, () => X509Certificate2.CreateFromPem(text));
        }

        string[] words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 3 && words[0] == Format1 && KeyName.IsValid(words[1])
            ? OfCertificate(words[1], () => X509CertificateLoader.LoadCertificate(
                Convert.FromBase64String(words[2])))
            : null;
    }

    private static PublicKeyText? OfCertificate(string? name, Func<X509Certificate2> load)
    {
        try
        {
            using X509Certificate2 certificate = load();
            using ECDsa? key = certificate.GetECDsaPublicKey();
            return key is null ? null : new PublicKeyText(name, KeyFingerprint.Of(certificate));
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            return null;
        }
    }
}
