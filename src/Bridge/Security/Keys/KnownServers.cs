using System.Text;

namespace HilRig.Bridge.Security.Keys;

/// <summary>
/// Keys of the servers this machine trusts: a text file, one server a line as "FINGERPRINT ADDRESS"
/// below a first line with format and version. ADDRESS is HOST or HOST:PORT, as one connects to it.
/// A server is never learnt by connecting to it.
/// </summary>
public sealed class KnownServers
{
    private const string Header = "hilrig-known-servers 1";
    private const int BytesMax = 256 * 1024;

    private readonly Dictionary<string, KeyFingerprint> _servers;

    private KnownServers(Dictionary<string, KeyFingerprint> servers) => _servers = servers;

    /// <summary>Fingerprints by address.</summary>
    public IReadOnlyDictionary<string, KeyFingerprint> Servers => _servers;

    /// <summary>Reads the file; a missing one knows no server.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KeyException">Changeable by others, or a line is wrong.</exception>
    public static KnownServers Load(string path)
    {
        var servers = new Dictionary<string, KeyFingerprint>();
        if (!File.Exists(path))
        {
            return new KnownServers(servers);
        }

        string text = SafeFile.Read(path, isPrivate: false, BytesMax);
        foreach ((string line, string where) in KeyLines.Read(text, Header, path))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.Length != 2 || KeyFingerprint.TryParse(words[0]) is not { } fingerprint
                || !KeyName.IsValidServer(words[1]) || !servers.TryAdd(words[1], fingerprint))
            {
                throw new KeyException(
                    "a line of the known servers is wrong",
                    where,
                    "sha256:…, then HOST or HOST:PORT; each address once",
                    $"\"{line}\"",
                    "mend or delete the line");
            }
        }

        return new KnownServers(servers);
    }

    /// <summary>The key of a server: the entry HOST:PORT, else HOST.</summary>
    /// <param name="host">Host, as one connects to it.</param>
    /// <param name="port">Port.</param>
    /// <returns>Null when it is not known.</returns>
    public KeyFingerprint? Find(string host, int port) =>
        _servers.GetValueOrDefault($"{host}:{port}") ?? _servers.GetValueOrDefault(host);

    /// <summary>With one more server; an entry of the same address is replaced.</summary>
    /// <param name="address">HOST or HOST:PORT.</param>
    /// <param name="fingerprint">Its key.</param>
    /// <exception cref="KeyException">The address is not valid.</exception>
    public KnownServers With(string address, KeyFingerprint fingerprint)
    {
        if (!KeyName.IsValidServer(address))
        {
            throw new KeyException(
                "a server cannot have this address",
                expected: "HOST or HOST:PORT, as one connects to it",
                found: $"\"{address}\"",
                remedy: "give it as --name");
        }

        return new KnownServers(new Dictionary<string, KeyFingerprint>(_servers)
        {
            [address] = fingerprint,
        });
    }

    /// <summary>Without the servers of an address or a key.</summary>
    /// <param name="addressOrFingerprint">Which.</param>
    public KnownServers Without(string addressOrFingerprint) => new(_servers
        .Where(server => server.Key != addressOrFingerprint
            && server.Value.Text != addressOrFingerprint)
        .ToDictionary());

    /// <summary>Replaces the file by this one, whole.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="KeyException">It cannot be written.</exception>
    public void Save(string path)
    {
        var text = new StringBuilder(Header);
        text.Append("\n# fingerprint address\n");
        foreach ((string address, KeyFingerprint fingerprint) in _servers)
        {
            text.Append($"{fingerprint} {address}\n");
        }

        SafeFile.Write(path, text.ToString(), SafeFile.Public, mayReplace: true);
    }
}
