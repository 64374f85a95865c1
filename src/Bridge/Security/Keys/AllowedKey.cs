namespace HilRig.Bridge.Security.Keys;

/// <summary>A key that may connect.</summary>
/// <param name="Role">As what.</param>
/// <param name="Fingerprint">Which key.</param>
/// <param name="Name">What people call it; unique in its list.</param>
public sealed record AllowedKey(KeyRole Role, KeyFingerprint Fingerprint, string Name);
