using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HilRig.Bridge.Clocks;
using HilRig.Bridge.Security.Keys;
using HilRig.Bridge.Wire;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// One TCP connection from outside, on a thread of its own from TLS to its end. Whatever goes wrong
/// on it closes it, is counted once, and touches nobody else.
/// </summary>
internal sealed class GateConnection : IDisposable
{
    private const int StackBytes = 512 * 1024;

    private readonly Socket _socket;
    private readonly IPEndPoint _peer;
    private readonly Deadline _reading = new();
    private readonly Deadline _writing = new();
    private readonly Deadline _forwarding = new();
    private readonly BridgePeer _bridge = new();
    private readonly List<Thread> _helpers = [];
    private volatile AllowedKey? _key;
    private KeyFingerprint? _shown;
    private KeyFingerprint? _admitted;
    private GateReason _judged;
    private bool _pending = true;
    private int _abortReason;

    /// <summary>Takes over an accepted connection.</summary>
    /// <param name="house">What all connections share.</param>
    /// <param name="socket">The connection.</param>
    /// <param name="peer">Where it comes from.</param>
    public GateConnection(GateHouse house, Socket socket, IPEndPoint peer)
    {
        House = house;
        _socket = socket;
        _peer = peer;
    }

    /// <summary>What all connections share.</summary>
    public GateHouse House { get; }

    /// <summary>The peer's key and role; null until it is proved.</summary>
    public AllowedKey? Key => _key;

    /// <summary>Starts its thread.</summary>
    public void Start()
    {
        _reading.Set(House.Options.HandshakeTimeout, GateReason.HandshakeTimeout);
        new Thread(Run, StackBytes) { Name = "hilrig-gate-peer", IsBackground = true }.Start();
    }

    /// <summary>Starts another thread of this connection, which ends with it.</summary>
    /// <param name="work">What it does; returns why the connection must end.</param>
    public void StartHelper(Func<GateReason> work)
    {
        var helper = new Thread(() => Abort(Guard(work)), StackBytes)
        {
            Name = "hilrig-gate-peer",
            IsBackground = true,
        };
        _helpers.Add(helper);
        helper.Start();
    }

    /// <summary>Closes it if it is late, or its key is no longer what it was. The warden.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    public void Review(long nowNanoseconds)
    {
        foreach (Deadline deadline in (ReadOnlySpan<Deadline>)[_reading, _writing, _forwarding])
        {
            if (deadline.IsPast(nowNanoseconds))
            {
                Abort(deadline.Reason);
            }
        }

        if (_key is { } key && House.Watch.Current.Find(key.Fingerprint)?.Role != key.Role)
        {
            Abort(GateReason.Revoked);
        }
    }

    /// <summary>Closes it; the first reason counts. Any thread.</summary>
    /// <param name="reason">Why.</param>
    public void Abort(GateReason reason)
    {
        Interlocked.CompareExchange(ref _abortReason, (int)reason, (int)GateReason.None);
        _socket.Dispose();
        _bridge.Dispose();
    }

    /// <summary>Closes it because the gate ends.</summary>
    public void Dispose() => Abort(GateReason.GateClosed);

    /// <summary>Logs and then counts: who sees the count finds the line.</summary>
    /// <param name="reason">What.</param>
    /// <param name="detail">More of it.</param>
    public void Report(GateReason reason, string? detail)
    {
        if (reason is not (GateReason.PeerLeft or GateReason.GateClosed))
        {
            House.Log.Say(reason, _peer, _key, detail);
        }

        House.Tally.Count(reason);
    }

    private void Run()
    {
        GateReason reason = Guard(Live);
        Abort(reason);
        foreach (Thread helper in _helpers)
        {
            helper.Join();
        }

        LeavePending();
        House.Table.Remove(this, _admitted);
        Report((GateReason)_abortReason, _key is null ? _shown?.Text : null);
    }

    private GateReason Live()
    {
        SocketPolicy.Apply(_socket);
        using var tls = new SslStream(new NetworkStream(_socket), leaveInnerStreamOpen: false);
        GateReason reason = Authenticate(tls);
        if (reason != GateReason.None)
        {
            return reason;
        }

        LeavePending();
        Interlocked.Increment(ref House.Tally.Admitted);
        var stream = new GuardedStream(
            tls, _writing, (House.Options.StallTimeout, GateReason.SlowReader));
        SslApplicationProtocol asked = tls.NegotiatedApplicationProtocol;
        return asked == TlsPolicy.Control ? PassControl(stream)
            : asked == TlsPolicy.States ? PassStates(stream)
            : asked == TlsPolicy.Clock ? ServeClock(stream)
            : GateReason.UnknownStream;
    }

    private GateReason Authenticate(SslStream tls)
    {
        try
        {
            tls.AuthenticateAsServer(TlsPolicy.Server(House.Options.Key, Judge));
        }
        catch (Exception error) when (error is AuthenticationException or IOException
            or InvalidOperationException or NotSupportedException or SocketException)
        {
            return _judged != GateReason.None ? _judged : GateReason.TlsFailed;
        }

        GateReason reason = _key is null ? GateReason.NoCertificate
            : House.Table.Admit(_key.Fingerprint);
        _admitted = reason == GateReason.None ? _key!.Fingerprint : null;
        return reason;
    }

    private bool Judge(X509Certificate2? certificate)
    {
        _shown = certificate is null ? null : KeyFingerprint.Of(certificate);
        _key = _shown is null ? null : House.Watch.Current.Find(_shown);
        _judged = certificate is null ? GateReason.NoCertificate
            : _key is null ? GateReason.UnknownKey : GateReason.None;
        return _judged == GateReason.None;
    }

    private GateReason PassControl(GuardedStream stream)
    {
        PeerLane peer = Lane(stream);
        GateReason reason = Join(peer, ("ROUTER", "DEALER"), House.Options.BridgePort);
        if (reason != GateReason.None)
        {
            return reason;
        }

        stream.ExpectLife(_reading, House.Options.IdleTimeout);
        return new ControlPassage(this, peer, _bridge).Run();
    }

    private GateReason PassStates(GuardedStream stream)
    {
        PeerLane peer = Lane(stream);
        GateReason reason = Join(peer, ("PUB", "SUB"), House.Options.BridgePort + 1);
        if (reason != GateReason.None)
        {
            return reason;
        }

        _reading.Clear();
        SocketPolicy.Apply(_socket, SocketPolicy.StateBufferBytes);
        return new StatePassage(this, peer, _bridge).Run();
    }

    private GateReason ServeClock(GuardedStream stream)
    {
        if (House.Options.Clock is not { } clock)
        {
            return GateReason.UnservedStream;
        }

        stream.ExpectLife(_reading, House.Options.IdleTimeout);
        return clock.Serve(stream, CancellationToken.None) switch
        {
            ClockServiceEnd.Closed or ClockServiceEnd.Stopped => GateReason.PeerLeft,
            ClockServiceEnd.Malformed => GateReason.MalformedMessage,
        };
    }

    // The peer first: no byte reaches the bridge before a peer has shown that it speaks ZMTP 3.
    private GateReason Join(PeerLane peer, (string Gate, string Peer) types, int bridgePort)
    {
        GateReason reason = peer.Greet(types.Gate, types.Peer);
        if (reason != GateReason.None)
        {
            return reason;
        }

        return _bridge.TryOpen(
            bridgePort, (types.Peer, types.Gate), _forwarding, House.Options.StallTimeout)
            ? GateReason.None : GateReason.BridgeLost;
    }

    private PeerLane Lane(Stream stream) => new(
        stream, SocketPolicy.MessageBytesMax, House.Options.FramesPerSecondMax);

    private void LeavePending()
    {
        if (_pending)
        {
            _pending = false;
            House.Limits.Leave(_peer.Address);
        }
    }

    // The only place that catches everything: a stranger's bytes must not end the process, even
    // where they find a fault in us or in the platform.
    private GateReason Guard(Func<GateReason> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsLoss(error))
        {
            return GateReason.PeerLeft;
        }
        catch (Exception error) when (error is IOException or AuthenticationException)
        {
            return GateReason.TamperedRecord;
        }
        catch (Exception error)
        {
            House.Log.Say(GateReason.Unforeseen, _peer, _key, error.ToString());
            return GateReason.Unforeseen;
        }
    }

    private static bool IsLoss(Exception error) =>
        error is ObjectDisposedException or SocketException
        || (error is IOException
            && error.InnerException is SocketException or ObjectDisposedException);
}
