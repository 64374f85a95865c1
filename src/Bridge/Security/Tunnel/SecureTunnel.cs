using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.Security.Tunnel;

/// <summary>
/// The client's end of a gate: two ports on the loopback address, control at P and states at P + 1,
/// behind which any ZeroMQ program finds the rig. On Linux only programs of the same user (and
/// root) are let in.
/// </summary>
public sealed class SecureTunnel : IDisposable
{
    private const int AttemptsMax = 100;
    private const int Backlog = 16;
    private const int StackBytes = 512 * 1024;
    private const long PauseNanosecondsMin = 100_000_000;
    private const long PauseNanosecondsMax = 2_000_000_000;

    private readonly SecureTunnelOptions _options;
    private readonly Socket _control;
    private readonly Socket _states;
    private readonly Thread[] _porters;
    private readonly Lock _lock = new();
    private readonly HashSet<IDisposable> _open = [];
    private long _pauseNanoseconds;
    private long _notBeforeNanoseconds;
    private bool _disposed;

    private SecureTunnel(SecureTunnelOptions options, (Socket Control, Socket States) listeners)
    {
        _options = options;
        (_control, _states) = listeners;
        int port = ((IPEndPoint)_control.LocalEndPoint!).Port;
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{port}");
        _porters =
        [
            Porter(_control, TlsPolicy.Control),
            Porter(_states, TlsPolicy.States),
        ];
    }

    /// <summary>Where programs connect for control, such as "tcp://127.0.0.1:40122".</summary>
    public string Endpoint { get; }

    /// <summary>Where they subscribe to states.</summary>
    public string StatesEndpoint => EndpointPair.StatesOf(Endpoint);

    /// <summary>Makes sure that the gate lets our key in, then opens the ports.</summary>
    /// <param name="options">Which gate, as whom.</param>
    /// <exception cref="ProtocolException">
    /// No gate, another gate's key, or our key is not allowed.
    /// </exception>
    /// <exception cref="DeviceException">The local ports are taken.</exception>
    public static SecureTunnel Open(SecureTunnelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        using (GateDial trial = GateDial.Connect(options, TlsPolicy.Control))
        {
            trial.RequireWelcome(options);
        }

        return new SecureTunnel(options, Listen(options.LocalPort));
    }

    /// <summary>Opens a stream to the clock behind the gate, `hilrig-clock/1`.</summary>
    /// <exception cref="ProtocolException">The gate cannot be reached.</exception>
    public Stream OpenClock() => GateDial.Connect(_options, TlsPolicy.Clock).Stream;

    /// <summary>Closes the ports and all connections, and ends all threads.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _control.Dispose();
        _states.Dispose();
        foreach (Thread porter in _porters)
        {
            porter.Join();
        }

        while (!TryCloseAll())
        {
            Thread.Yield();
        }

        if (_options.OwnsKey)
        {
            _options.Key.Dispose();
        }
    }

    // Each leaves the set on its own thread.
    private bool TryCloseAll()
    {
        lock (_lock)
        {
            foreach (IDisposable connection in _open)
            {
                connection.Dispose();
            }

            return _open.Count == 0;
        }
    }

    private static (Socket Control, Socket States) Listen(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            Socket control = NewSocket();
            Socket states = NewSocket();
            try
            {
                control.Bind(new IPEndPoint(IPAddress.Loopback, port));
                int bound = ((IPEndPoint)control.LocalEndPoint!).Port;
                states.Bind(new IPEndPoint(IPAddress.Loopback, bound + 1));
                control.Listen(Backlog);
                states.Listen(Backlog);
                return (control, states);
            }
            catch (Exception error) when (error is SocketException or ArgumentException)
            {
                control.Dispose();
                states.Dispose();
                if (port != 0 || attempt == AttemptsMax)
                {
                    throw new DeviceException(
                        "the tunnel cannot listen",
                        $"ports {port} and {port + 1} of 127.0.0.1",
                        "two free ports",
                        error.Message,
                        "leave the port at 0, or end the process that uses them",
                        error);
                }
            }
        }
    }

    private static Socket NewSocket() =>
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private Thread Porter(Socket listener, SslApplicationProtocol stream)
    {
        var thread = new Thread(() => Accept(listener, stream))
        {
            Name = "hilrig-tunnel",
            IsBackground = true,
        };
        thread.Start();
        return thread;
    }

    private void Accept(Socket listener, SslApplicationProtocol stream)
    {
        while (!Volatile.Read(ref _disposed))
        {
            try
            {
                Socket local = listener.Accept();
                SocketPolicy.Apply(local, stream == TlsPolicy.States
                    ? SocketPolicy.StateBufferBytes : SocketPolicy.KernelBufferBytes);
                if (!LocalPeer.IsOurs(local))
                {
                    local.Dispose();
                    _options.Log?.Invoke("a program of another user was turned away");
                }
                else if (!TryEnter(local))
                {
                    local.Dispose();
                }
                else
                {
                    new Thread(() => Serve(local, stream), StackBytes)
                    {
                        Name = "hilrig-tunnel-peer",
                        IsBackground = true,
                    }.Start();
                }
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException
                or IOException)
            {
                // A program that left at once, or the tunnel closes.
                Thread.Yield();
            }
        }
    }

    // After a failure, programs that connect again and again must not make us knock as often.
    private bool TryEnter(Socket local)
    {
        lock (_lock)
        {
            bool enters = !_disposed && _open.Count < _options.ConnectionsMax
                && MonotonicClock.NowNanoseconds >= _notBeforeNanoseconds;
            return enters && _open.Add(local);
        }
    }

    private void PauseAfterFailure()
    {
        lock (_lock)
        {
            _pauseNanoseconds = Math.Clamp(
                2 * _pauseNanoseconds, PauseNanosecondsMin, PauseNanosecondsMax);
            _notBeforeNanoseconds = MonotonicClock.NowNanoseconds + _pauseNanoseconds;
        }
    }

    private void Serve(Socket local, SslApplicationProtocol stream)
    {
        IDisposable held = local;
        try
        {
            GateDial gate = GateDial.Connect(_options, stream);
            var connection = new TunnelConnection(local, gate);
            lock (_lock)
            {
                _open.Remove(held);
                held = connection;
                _open.Add(held);
            }

            connection.Run();
            if (!connection.WasHeard && !Volatile.Read(ref _disposed))
            {
                throw GateDial.Refused(_options, "it closed the connection without a word");
            }

            lock (_lock)
            {
                _pauseNanoseconds = 0;
            }
        }
        catch (ProtocolException error)
        {
            _options.Log?.Invoke(error.Message);
            PauseAfterFailure();
        }
        finally
        {
            held.Dispose();
            lock (_lock)
            {
                _open.Remove(held);
            }
        }
    }
}
