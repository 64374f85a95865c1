using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Security.Tunnel;

/// <summary>A TLS session with a gate, from the client's side.</summary>
internal sealed class GateDial : IDisposable
{
    private readonly Socket _socket;

    private GateDial(Socket socket, SslStream stream)
    {
        _socket = socket;
        Stream = stream;
    }

    /// <summary>The inside of the session.</summary>
    public SslStream Stream { get; }

    /// <summary>Connects. Blocks; any thread.</summary>
    /// <param name="options">Which gate, as whom.</param>
    /// <param name="stream">Which stream to ask for.</param>
    /// <exception cref="ProtocolException">No gate there, or it is another one.</exception>
    public static GateDial Connect(SecureTunnelOptions options, SslApplicationProtocol stream)
    {
        KeyFingerprint? seen = null;
        Socket? socket = null;
        SslStream? tls = null;
        using var timer = new Timer(_ => socket?.Dispose(), null, options.ConnectTimeout,
            Timeout.InfiniteTimeSpan);
        try
        {
            IPAddress[] addresses = Dns.GetHostAddresses(options.Host);
            for (int i = 0; socket is not { Connected: true }; i++)
            {
                socket?.Dispose();
                socket = New(addresses[i], stream);
                TryConnect(socket, new IPEndPoint(addresses[i], options.Port),
                    isLast: i == addresses.Length - 1);
            }

            tls = new SslStream(new NetworkStream(socket, ownsSocket: true));
            tls.AuthenticateAsClient(TlsPolicy.Client(options.Key, stream, certificate =>
            {
                seen = certificate is null ? null : KeyFingerprint.Of(certificate);
                return seen == options.Server;
            }));
            return new GateDial(socket, tls);
        }
        catch (Exception error) when (error is SocketException or IOException
            or AuthenticationException or ObjectDisposedException)
        {
            tls?.Dispose();
            socket?.Dispose();
            bool isStranger = seen is not null && seen != options.Server;
            throw isStranger ? Stranger(options, seen!) : Absent(options, error);
        }
    }

    /// <summary>
    /// Reads what the gate says first: in TLS 1.3 a client learns only so that its key was taken.
    /// </summary>
    /// <param name="options">Which gate, as whom.</param>
    /// <exception cref="ProtocolException">The key was not taken.</exception>
    public void RequireWelcome(SecureTunnelOptions options)
    {
        using var timer = new Timer(_ => _socket.Dispose(), null, options.ConnectTimeout,
            Timeout.InfiniteTimeSpan);
        string found = "it closed the connection";
        try
        {
            if (Stream.ReadByte() >= 0)
            {
                return;
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            found = error.Message;
        }

        throw Refused(options, found);
    }

    /// <summary>Closes the connection; any thread, also while another one reads.</summary>
    public void Dispose() => _socket.Dispose();

    /// <summary>What to say when the gate does not let a key in.</summary>
    /// <param name="options">Which gate, as whom.</param>
    /// <param name="found">What it did.</param>
    public static ProtocolException Refused(SecureTunnelOptions options, string found) => new(
        "the gate does not let this key in",
        $"{options.Host}:{options.Port}",
        $"that its allow-list has {options.Key.Fingerprint}",
        found,
        "on the rig's machine: hilrig keys allow \"LINE\" --role observe|command|admin, with "
        + $"the line of: hilrig keys show {options.Key.Name}");

    private static Socket New(IPAddress address, SslApplicationProtocol stream)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        SocketPolicy.Apply(socket, stream == TlsPolicy.States
            ? SocketPolicy.StateBufferBytes : SocketPolicy.KernelBufferBytes);
        return socket;
    }

    // A name may have several addresses, such as ::1 and 127.0.0.1.
    private static void TryConnect(Socket socket, IPEndPoint gate, bool isLast)
    {
        try
        {
            socket.Connect(gate);
        }
        catch (SocketException) when (!isLast)
        {
        }
    }

    private static ProtocolException Stranger(
        SecureTunnelOptions options, KeyFingerprint seen) => new(
            "the gate has another key than the one that is trusted; somebody may be in between",
            $"{options.Host}:{options.Port}",
            options.Server.Text,
            seen.Text,
            "ask who runs the rig; if its key is new: hilrig keys allow KEY --server "
            + $"--name {options.Host}:{options.Port}");

    private static ProtocolException Absent(SecureTunnelOptions options, Exception error) => new(
        "no gate answers",
        $"{options.Host}:{options.Port}",
        $"TLS 1.3 within {options.ConnectTimeout.TotalSeconds:0.###} s",
        error.Message,
        "check address and network, and that 'hilrig bridge --listen' runs there",
        error);
}
