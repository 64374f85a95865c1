using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Clocks;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Clocks;

/// <summary>A stream responder behind plain TCP, as the gate has it behind TLS.</summary>
internal sealed class StreamService : IDisposable
{
    // Not a TcpListener: one that stops while it is about to accept throws what nobody foresees.
    private readonly Socket _listener =
        new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private readonly StreamClockResponder _responder;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Stream> _open = [];
    private readonly Thread _thread;
    private volatile int _lastEnd = -1;

    public StreamService(IRigClock clock)
    {
        _responder = new StreamClockResponder(clock);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
        _thread = new Thread(Accept);
        _thread.Start();
    }

    public ClockServiceEnd? LastEnd => _lastEnd < 0 ? null : (ClockServiceEnd)_lastEnd;

    public Stream Connect()
    {
        var client = new TcpClient { NoDelay = true };
        client.Connect((IPEndPoint)_listener.LocalEndPoint!);
        return client.GetStream();
    }

    public void Break()
    {
        lock (_open)
        {
            _open.ForEach(stream => stream.Dispose());
            _open.Clear();
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _thread.Join();
        _stop.Dispose();
    }

    private void Accept()
    {
        var serving = new List<Thread>();
        while (true)
        {
            Stream stream;
            try
            {
                Socket client = _listener.Accept();
                client.NoDelay = true;
                stream = new NetworkStream(client, ownsSocket: true);
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException
                or IOException)
            {
                break;
            }

            lock (_open)
            {
                _open.Add(stream);
            }

            var thread = new Thread(() => _lastEnd = (int)_responder.Serve(stream, _stop.Token));
            thread.Start();
            serving.Add(thread);
        }

        serving.ForEach(thread => thread.Join());
    }
}
