using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Clocks;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Clocks;

/// <summary>A stream responder behind plain TCP, as the gate has it behind TLS.</summary>
internal sealed class StreamService : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly StreamClockResponder _responder;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Stream> _open = [];
    private readonly Thread _thread;
    private volatile int _lastEnd = -1;

    public StreamService(IRigClock clock)
    {
        _responder = new StreamClockResponder(clock);
        _listener.Start();
        _thread = new Thread(Accept);
        _thread.Start();
    }

    public ClockServiceEnd? LastEnd => _lastEnd < 0 ? null : (ClockServiceEnd)_lastEnd;

    public Stream Connect()
    {
        var client = new TcpClient { NoDelay = true };
        client.Connect((IPEndPoint)_listener.LocalEndpoint);
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
        _listener.Stop();
        _thread.Join();
        _stop.Dispose();
    }

    private void Accept()
    {
        var serving = new List<Thread>();
        while (true)
        {
            TcpClient client;
            try
            {
                client = _listener.AcceptTcpClient();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException
                or InvalidOperationException)
            {
                break;
            }

            client.NoDelay = true;
            Stream stream = client.GetStream();
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
