using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Devices.PacketClocked.RealTime;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.PacketClocked;

/// <summary>A host's way to one controller: a connected socket and, after that, a seat.</summary>
internal sealed class PacketLink : IDisposable
{
    private const long AskAgainNanoseconds = 100_000_000;
    private readonly Socket _socket;
    private readonly string _endpoint;
    private readonly byte[] _sent = new byte[PacketFrame.BytesMax];

    private PacketLink(Socket socket, string endpoint)
    {
        _socket = socket;
        _endpoint = endpoint;
        Wait = new DatagramWait(socket);
    }

    /// <summary>Waits for packets.</summary>
    public DatagramWait Wait { get; }

    /// <summary>Number of the session; 0 before <see cref="TakeSeat"/>.</summary>
    public ulong Session { get; private set; }

    /// <summary>Opens a socket to a controller; nothing is sent.</summary>
    /// <param name="endpoint">"udp://HOST:PORT".</param>
    /// <exception cref="ScenarioException">It is no such address.</exception>
    /// <exception cref="DeviceException">There is no way there.</exception>
    public static PacketLink Open(string endpoint)
    {
        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? uri)
            || uri.Scheme != "udp" || uri.Port < 1)
        {
            throw new ScenarioException(
                "The port of a packet-clocked controller is not understood",
                expected: "udp://HOST:PORT, or virtual",
                found: endpoint);
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            IPAddress address = IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? numbers)
                ? numbers
                : Dns.GetHostAddresses(uri.DnsSafeHost, AddressFamily.InterNetwork)[0];
            socket.Connect(new IPEndPoint(address, uri.Port));
            return new PacketLink(socket, endpoint);
        }
        catch (Exception cause) when (cause is SocketException or IndexOutOfRangeException)
        {
            socket.Dispose();
            throw new DeviceException(
                "There is no way to the controller", endpoint, found: cause.Message, inner: cause);
        }
    }

    /// <summary>Becomes the one who commands.</summary>
    /// <param name="dofCount">Number of joints.</param>
    /// <param name="rigDigest">First eight bytes of the rig file's SHA-256.</param>
    /// <param name="timeout">How long to ask.</param>
    /// <returns>The controller's period, ns.</returns>
    /// <exception cref="RigException">It refuses or does not answer.</exception>
    public long TakeSeat(int dofCount, ulong rigDigest, TimeSpan timeout)
    {
        ulong session;
        do
        {
            session = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));
        }
        while (session == 0);

        long now = MonotonicClock.NowNanoseconds;
        long end = now + MonotonicClock.Nanoseconds(timeout);
        byte[] received = new byte[PacketFrame.BytesMax];
        for (; now < end; now = MonotonicClock.NowNanoseconds)
        {
            SendSession(PacketKind.Connect, dofCount, session, rigDigest);
            while (Wait.Until(Math.Min(end, now + AskAgainNanoseconds)))
            {
                if (TryReceive(received, out int count)
                    && SessionPacket.TryDecode(received.AsSpan(0, count), out SessionPacket answer)
                    && answer.Session == session)
                {
                    RequireConnected(answer);
                    Session = session;
                    return (long)answer.Value;
                }
            }
        }

        throw new DeviceException(
            "The controller does not answer",
            _endpoint,
            FormattableString.Invariant($"an answer within {timeout.TotalSeconds:0.#} s"),
            remedy: "look whether it runs: 'hilrig emulate' serves a virtual one");
    }

    /// <summary>Sends a packet without joint values; a lost one is not repeated.</summary>
    public void SendSession(PacketKind kind, int dofCount, ulong session, ulong value)
    {
        new SessionPacket(kind, 0, dofCount, session, value).Encode(_sent);
        Send(SessionPacket.Bytes);
    }

    /// <summary>Sends a command.</summary>
    /// <param name="command">The command.</param>
    public void SendCommand(CommandPacket command)
    {
        command.Encode(_sent);
        Send(command.Bytes);
    }

    /// <summary>Takes a packet that is waiting; never throws.</summary>
    /// <param name="target">Receives it.</param>
    /// <param name="count">Its length.</param>
    public bool TryReceive(Span<byte> target, out int count)
    {
        count = _socket.Receive(target, SocketFlags.None, out SocketError error);
        return error == SocketError.Success;
    }

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    // An error here is that of an earlier packet (nobody listens): silence will tell.
    private void Send(int bytes) =>
        _socket.Send(_sent.AsSpan(0, bytes), SocketFlags.None, out SocketError _);

    private void RequireConnected(in SessionPacket answer)
    {
        if (answer.Kind == PacketKind.Connected)
        {
            return;
        }

        (string expected, string? found, string remedy) = (ConnectRefusal)answer.Detail switch
        {
            ConnectRefusal.Busy => (
                "no other host", "one that commands it", "end the other run first"),
            ConnectRefusal.JointCount => (
                "the controller's number of joints", null, "use the rig file it was started with"),
            ConnectRefusal.RigFile => (
                "the rig file it was started with",
                "another one",
                "use that one, or start it with this one"),
            _ => (
                FormattableString.Invariant($"version {PacketFrame.Version} of the wire"),
                "another",
                "use host and controller of one build"),
        };
        throw new ProtocolException(
            "The controller refuses this host", _endpoint, expected, found, remedy);
    }
}
