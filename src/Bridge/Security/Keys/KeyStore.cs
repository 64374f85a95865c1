using System.Security.Cryptography;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// The folder of a user's keys and lists: "keys/NAME.key.pem" (private, mode 0600),
/// "keys/NAME.cert.pem", "allowed-keys", "known-servers".
/// </summary>
public sealed class KeyStore
{
    private const string PrivateSuffix = ".key.pem";
    private const string CertificateSuffix = ".cert.pem";
    private const int BytesMax = 16 * 1024;

    /// <summary>Takes a folder; it need not exist yet.</summary>
    /// <param name="folder">The folder; null: <see cref="DefaultFolder"/>.</param>
    public KeyStore(string? folder = null)
    {
        Folder = Path.GetFullPath(folder ?? DefaultFolder);
    }

    /// <summary>$XDG_CONFIG_HOME/hilrig, else ~/.config/hilrig (on Windows in AppData).</summary>
    public static string DefaultFolder => Path.Combine(
        Environment.GetFolderPath(
            Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "hilrig");

    /// <summary>The folder.</summary>
    public string Folder { get; }

    /// <summary>The allow-list, see <see cref="AllowedKeys"/>.</summary>
    public string AllowedKeysPath => Path.Combine(Folder, "allowed-keys");

    /// <summary>The servers this user trusts, see <see cref="KnownServers"/>.</summary>
    public string KnownServersPath => Path.Combine(Folder, "known-servers");

    /// <summary>Names of the stored keys, in order.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            string keys = Path.Combine(Folder, "keys");
            return !Directory.Exists(keys) ? [] : [.. Directory.EnumerateFiles(keys)
                .Select(path => Path.GetFileName(path))
                .Where(name => name.EndsWith(PrivateSuffix, StringComparison.Ordinal))
                .Select(name => name[..^PrivateSuffix.Length])
                .Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>File of a private key, PEM (PKCS #8).</summary>
    /// <param name="name">Name of the key.</param>
    public string PrivatePath(string name) => PathOf(name, PrivateSuffix);

    /// <summary>File of a key's certificate, PEM.</summary>
    /// <param name="name">Name of the key.</param>
    public string CertificatePath(string name) => PathOf(name, CertificateSuffix);

    /// <summary>Stores a new key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyException">One of that name exists, or it cannot be written.</exception>
    public void Add(RigKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        SafeFile.Write(
            PrivatePath(key.Name), key.ExportPrivatePem(), SafeFile.Private, mayReplace: false);
        SafeFile.Write(
            CertificatePath(key.Name),
            key.Certificate.ExportCertificatePem() + "\n",
            SafeFile.Public,
            mayReplace: true);
    }

    /// <summary>Reads a stored key.</summary>
    /// <param name="name">Its name.</param>
    /// <exception cref="KeyException">Missing, readable by others, or damaged.</exception>
    public RigKey Load(string name)
    {
        if (!File.Exists(PrivatePath(name)))
        {
            throw new KeyException(
                "there is no such key",
                PrivatePath(name),
                $"a key \"{name}\"",
                Names.Count == 0 ? "no key at all" : "only " + string.Join(", ", Names),
                name == KeyName.Default
                    ? "make one: hilrig keys new" : $"make one: hilrig keys new --name {name}");
        }

        string privatePem = SafeFile.Read(PrivatePath(name), isPrivate: true, BytesMax);
        string certificate = SafeFile.Read(CertificatePath(name), isPrivate: false, BytesMax);
        try
        {
            return RigKey.FromPem(name, certificate, privatePem);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException)
        {
            throw new KeyException(
                "the key's files are damaged or do not match",
                PrivatePath(name),
                "a private key and its certificate, PEM",
                error.Message,
                "make a new key, and have it allowed",
                error);
        }
    }

    private string PathOf(string name, string suffix)
    {
        KeyName.Require(name);
        return Path.Combine(Folder, "keys", name + suffix);
    }
}
