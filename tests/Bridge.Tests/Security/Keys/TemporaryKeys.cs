using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Tests.Security.Keys;

/// <summary>A key store in a folder of its own.</summary>
internal sealed class TemporaryKeys : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hilrig-keys-").FullName;

    public TemporaryKeys()
    {
        Store = new KeyStore(_folder);
    }

    public KeyStore Store { get; }

    public RigKey Make(string name)
    {
        RigKey key = RigKey.Create(name);
        Store.Add(key);
        return key;
    }

    public void Allow(RigKey key, KeyRole role) =>
        (File.Exists(Store.AllowedKeysPath)
            ? AllowedKeys.Load(Store.AllowedKeysPath) : AllowedKeys.Nobody)
        .With(new AllowedKey(role, key.Fingerprint, key.Name)).Save(Store.AllowedKeysPath);

    public void Revoke(RigKey key) => AllowedKeys.Load(Store.AllowedKeysPath)
        .Without(key.Name).Save(Store.AllowedKeysPath);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
