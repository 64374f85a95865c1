using System.Text;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// The allow-list of a rig: a text file, one key a line as "ROLE FINGERPRINT NAME" below a first
/// line with format and version; '#' begins a comment line. Immutable; a change makes a new list.
/// </summary>
public sealed class AllowedKeys
{
    /// <summary>Most keys of a list.</summary>
    public const int CountMax = 1024;

    private const string Header = "hilrig-allowed-keys 1";
    private const int BytesMax = 256 * 1024;

    private readonly List<AllowedKey> _keys;

    private AllowedKeys(List<AllowedKey> keys) => _keys = keys;

    /// <summary>A list that allows nobody.</summary>
    public static AllowedKeys Nobody { get; } = new([]);

    /// <summary>The keys, in the order of the file.</summary>
    public IReadOnlyList<AllowedKey> Keys => _keys;

    /// <summary>Reads a list.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KeyException">
    /// Missing, changeable by others, or a line is wrong: says which one.
    /// </exception>
    public static AllowedKeys Load(string path) =>
        Parse(SafeFile.Read(path, isPrivate: false, BytesMax), path);

    /// <summary>The entry of a key.</summary>
    /// <param name="fingerprint">The key.</param>
    /// <returns>Null when it is not allowed.</returns>
    public AllowedKey? Find(KeyFingerprint fingerprint) =>
        _keys.Find(key => key.Fingerprint == fingerprint);

    /// <summary>The list with one more key; an entry of the same key is replaced.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="KeyException">Another key has that name, or the list is full.</exception>
    public AllowedKeys With(AllowedKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyName.Require(key.Name);
        List<AllowedKey> keys = _keys.FindAll(other => other.Fingerprint != key.Fingerprint);
        if (keys.Exists(other => other.Name == key.Name) || keys.Count >= CountMax)
        {
            throw new KeyException(
                "the key cannot be added to the allow-list",
                expected: $"a new name, at most {CountMax} keys",
                found: $"\"{key.Name}\", {keys.Count} keys",
                remedy: "revoke the old one first, or choose another --name");
        }

        keys.Add(key);
        return new AllowedKeys(keys);
    }

    /// <summary>The list without a key.</summary>
    /// <param name="nameOrFingerprint">Which.</param>
    /// <exception cref="KeyException">There is no such key.</exception>
    public AllowedKeys Without(string nameOrFingerprint)
    {
        List<AllowedKey> keys = _keys.FindAll(key =>
            key.Name != nameOrFingerprint && key.Fingerprint.Text != nameOrFingerprint);
        return keys.Count < _keys.Count ? new AllowedKeys(keys) : throw new KeyException(
            "no such key is allowed",
            expected: "a name or fingerprint of the allow-list",
            found: $"\"{nameOrFingerprint}\"",
            remedy: "see: hilrig keys list");
    }

    /// <summary>Replaces the file by this list, whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KeyException">It cannot be written.</exception>
    public void Save(string path)
    {
        var text = new StringBuilder(Header);
        text.Append("\n# role fingerprint name; a change takes effect at once\n");
        foreach (AllowedKey key in _keys)
        {
            text.Append($"{Word(key.Role)} {key.Fingerprint} {key.Name}\n");
        }

        SafeFile.Write(path, text.ToString(), SafeFile.Public, mayReplace: true);
    }

    /// <summary>Reads the text of a list.</summary>
    /// <param name="text">The text.</param>
    /// <param name="path">Where it comes from, for messages.</param>
    /// <exception cref="KeyException">A line is wrong.</exception>
    internal static AllowedKeys Parse(string text, string path)
    {
        var keys = new List<AllowedKey>();
        foreach ((string line, string where) in KeyLines.Read(text, Header, path))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 3 || TryRole(words[0]) is not { } role
                || KeyFingerprint.TryParse(words[1]) is not { } fingerprint
                || !KeyName.IsValid(words[2]) || keys.Count >= CountMax
                || keys.Exists(key => key.Fingerprint == fingerprint || key.Name == words[2]))
            {
                throw new KeyException(
                    "a line of the allow-list is wrong",
                    where,
                    "observe|command|admin, sha256:…, a name; each key and name once",
                    $"\"{line}\"",
                    "mend the line; until then nobody is let in");
            }

            keys.Add(new AllowedKey(role, fingerprint, words[2]));
        }

        return new AllowedKeys(keys);
    }

    private static string Word(KeyRole role) => role switch
    {
        KeyRole.Observe => "observe",
        KeyRole.Command => "command",
        KeyRole.Admin => "admin",
    };

    private static KeyRole? TryRole(string word) => word switch
    {
        "observe" => KeyRole.Observe,
        "command" => KeyRole.Command,
        "admin" => KeyRole.Admin,
        _ => null,
    };
}
