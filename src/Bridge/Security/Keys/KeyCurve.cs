namespace HilRig.Bridge.Security.Keys;

/// <summary>Curve of a new key, NIST SP 800-186.</summary>
public enum KeyCurve
{
    /// <summary>P-256 (secp256r1); the default.</summary>
    P256,

    /// <summary>P-384 (secp384r1); slower handshakes.</summary>
    P384,
}
