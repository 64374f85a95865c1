using HilRig.Bridge.Security.Keys;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Security.Tunnel;

/// <summary>
/// Addresses of the form tls://HOST:PORT or tls://KEY@HOST:PORT: a gate among the known servers,
/// and the key of this machine to show it ("default" where none is named).
/// </summary>
public static class TlsEndpoint
{
    private const string Scheme = "tls";

    /// <summary>Whether an address is of this form.</summary>
    /// <param name="endpoint">The address.</param>
    public static bool Is(string endpoint) =>
        Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) && address.Scheme == Scheme;

    /// <summary>Opens a tunnel to such an address.</summary>
    /// <param name="endpoint">The address.</param>
    /// <param name="store">Where keys and known servers are; null: the user's own.</param>
    /// <param name="log">Receives a line when a connection cannot be made later on.</param>
    /// <exception cref="KeyException">No such key, or the server is not known.</exception>
    /// <exception cref="ProtocolException">The gate does not answer, or refuses.</exception>
    public static SecureTunnel Open(
        string endpoint, KeyStore? store = null, Action<string>? log = null)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address)
            || address.Scheme != Scheme || address.Port <= 0)
        {
            throw new ProtocolException(
                "this is no address of a gate",
                endpoint,
                "tls://HOST:PORT or tls://KEY@HOST:PORT");
        }

        store ??= new KeyStore();
        string key = address.UserInfo.Length > 0 ? address.UserInfo : KeyName.Default;
        return SecureTunnel.Open(new SecureTunnelOptions
        {
            Host = address.Host,
            Port = address.Port,
            Key = store.Load(key),
            OwnsKey = true,
            Server = RequireServer(store, address.Host, address.Port),
            Log = log,
        });
    }

    /// <summary>The key of a known server.</summary>
    /// <param name="store">Where the known servers are.</param>
    /// <param name="host">Host, as one connects to it.</param>
    /// <param name="port">Port.</param>
    /// <exception cref="KeyException">It is not known.</exception>
    public static KeyFingerprint RequireServer(KeyStore store, string host, int port)
    {
        ArgumentNullException.ThrowIfNull(store);
        return KnownServers.Load(store.KnownServersPath).Find(host, port)
            ?? throw new KeyException(
                "the server's key is not known here",
                store.KnownServersPath,
                $"an entry {host}:{port} or {host}",
                "none",
                "hilrig keys allow \"LINE\" --server "
                + $"--name {host}:{port}, with the line that the rig's 'hilrig keys show' prints");
    }
}
