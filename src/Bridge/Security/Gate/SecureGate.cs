using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Security.Keys;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// The way in from other machines: mutual TLS 1.3 with keys known beforehand, and inside it ZMTP
/// checked byte by byte, before anything reaches the NetMQ sockets on the loopback address.
/// </summary>
public sealed class SecureGate : IDisposable
{
    private static readonly TimeSpan WardenPeriod = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(50);

    private const int Backlog = 512;
    private const int ReviewsPerReload = 4;

    private readonly GateHouse _house;
    private readonly Socket _listener;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _porter;
    private readonly Thread _warden;
    private bool _disposed;

    private SecureGate(SecureGateOptions options, AllowedKeysWatch watch, Socket listener)
    {
        _house = new GateHouse(
            options,
            new GateTally(),
            new GateLog(options.Log),
            watch,
            new AddressLimits(options),
            new GateTable(options),
            new IssuedSessions());
        _listener = listener;
        Endpoint = (IPEndPoint)listener.LocalEndPoint!;
        _porter = new Thread(Accept) { Name = "hilrig-gate", IsBackground = true };
        _warden = new Thread(Watch) { Name = "hilrig-gate-warden", IsBackground = true };
        _porter.Start();
        _warden.Start();
    }

    /// <summary>Where the gate listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>What was counted so far. Any thread.</summary>
    public SecureGateCounters Counters =>
        _house.Tally.Snapshot(_house.Table.Open, _house.Limits.Pending);

    /// <summary>Opens a gate and starts its threads.</summary>
    /// <param name="options">Address, key, allow-list, limits.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="KeyException">The allow-list cannot be used, or allows nobody.</exception>
    /// <exception cref="DeviceException">The address cannot be listened on.</exception>
    public static SecureGate Open(SecureGateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        AllowedKeysWatch? watch = File.Exists(options.AllowedKeysPath)
            ? new AllowedKeysWatch(options.AllowedKeysPath) : null;
        return watch?.Current.Keys.Count > 0
            ? new SecureGate(options, watch, Listen(options.Listen))
            : throw new KeyException(
                "no key is allowed, so nobody could connect",
                options.AllowedKeysPath,
                "at least one key",
                watch is null ? "no such file" : "none",
                "hilrig keys allow PUBLIC --role observe|command|admin");
    }

    /// <summary>Closes all connections and ends all threads.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        _stop.Set();
        _listener.Dispose();
        _porter.Join();
        while (_house.Table.All is { Length: > 0 } connections)
        {
            foreach (GateConnection connection in connections)
            {
                connection.Dispose();
            }

            Thread.Yield();
        }

        _warden.Join();
        _stop.Dispose();
    }

    private static Socket Listen(IPEndPoint address)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(address);
            socket.Listen(Backlog);
            return socket;
        }
        catch (SocketException error)
        {
            socket.Dispose();
            throw new DeviceException(
                "the gate cannot listen",
                address.ToString(),
                "a free port of an address of this machine",
                error.SocketErrorCode.ToString(),
                "choose another port, or end the process that uses it",
                error);
        }
    }

    private void Accept()
    {
        while (!_stop.IsSet)
        {
            Socket socket;
            try
            {
                socket = _listener.Accept();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException)
            {
                // A peer that reset too early, or no file handles left: others may come.
                _stop.Wait(AcceptPause);
                continue;
            }

            Interlocked.Increment(ref _house.Tally.Accepted);
            Enter(socket);
        }
    }

    private void Enter(Socket socket)
    {
        IPEndPoint peer;
        try
        {
            peer = (IPEndPoint)socket.RemoteEndPoint!;
        }
        catch (SocketException)
        {
            socket.Dispose();
            _house.Tally.Count(GateReason.PeerLeft);
            return;
        }

        GateReason refused = _house.Limits.Enter(peer.Address, MonotonicClock.NowNanoseconds);
        if (refused != GateReason.None)
        {
            socket.Dispose();
            _house.Log.Say(refused, peer, null, null);
            _house.Tally.Count(refused);
            return;
        }

        var connection = new GateConnection(_house, socket, peer);
        _house.Table.Add(connection);
        connection.Start();
    }

    private void Watch()
    {
        for (int turn = 1; !_stop.Wait(WardenPeriod); turn++)
        {
            if (turn % ReviewsPerReload == 0)
            {
                _house.Watch.Review();
                if (_house.Watch.Fault is { } fault)
                {
                    _house.Log.Say(GateReason.Revoked, null, null, fault);
                }
            }

            long now = MonotonicClock.NowNanoseconds;
            foreach (GateConnection connection in _house.Table.All)
            {
                connection.Review(now);
            }
        }
    }
}
