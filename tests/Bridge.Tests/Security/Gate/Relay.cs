using System.Net;
using System.Net.Sockets;

namespace HilRig.Bridge.Tests.Security.Gate;

/// <summary>A man in the middle of TCP: passes bytes on, keeps them, and may change one.</summary>
internal sealed class Relay : IDisposable
{
    private readonly Socket _listener =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private readonly int _target;
    private readonly Thread _porter;
    private readonly Lock _lock = new();
    private readonly List<MemoryStream> _recorded = [];
    private readonly List<Socket> _sockets = [];
    private volatile bool _flip;

    public Relay(int target)
    {
        _target = target;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _porter = new Thread(Accept);
        _porter.Start();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>All bytes to the gate, by connection.</summary>
    public byte[][] RecordedToGate
    {
        get
        {
            lock (_lock)
            {
                return [.. _recorded.Select(bytes => bytes.ToArray())];
            }
        }
    }

    /// <summary>Changes a bit of the last byte of whatever goes to the gate next.</summary>
    public void FlipNextByteToGate() => _flip = true;

    /// <summary>Ends all connections; new ones may come.</summary>
    public void Break()
    {
        lock (_lock)
        {
            _sockets.ForEach(socket => socket.Dispose());
            _sockets.Clear();
        }
    }

    public void Dispose()
    {
        _listener.Dispose();
        _porter.Join();
        Break();
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.Accept();
                Socket gate = TlsPeer.Dial(_target);
                var record = new MemoryStream();
                lock (_lock)
                {
                    _recorded.Add(record);
                    _sockets.AddRange([client, gate]);
                }

                new Thread(() => Pass(client, gate, record)).Start();
                new Thread(() => Pass(gate, client, null)).Start();
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private void Pass(Socket from, Socket to, MemoryStream? record)
    {
        byte[] buffer = new byte[4096];
        try
        {
            int got;
            while ((got = from.Receive(buffer)) > 0)
            {
                if (record is not null)
                {
                    lock (_lock)
                    {
                        record.Write(buffer, 0, got);
                    }

                    buffer[got - 1] ^= (byte)(_flip ? 1 : 0);
                    _flip = false;
                }

                to.Send(buffer.AsSpan(0, got));
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Either side left.
        }

        from.Dispose();
        to.Dispose();
    }
}
