using System.Net.Sockets;

namespace HilRig.Bridge.Security.Tunnel;

/// <summary>
/// One local connection and its TLS session: bytes pass both ways until either side ends. It holds
/// one buffer each way; who does not read makes the other side wait.
/// </summary>
internal sealed class TunnelConnection : IDisposable
{
    private const int BufferBytes = 16 * 1024;
    private const int StackBytes = 512 * 1024;

    private readonly Socket _local;
    private readonly GateDial _gate;

    /// <summary>Joins the two.</summary>
    /// <param name="local">The local connection.</param>
    /// <param name="gate">The session with the gate.</param>
    public TunnelConnection(Socket local, GateDial gate)
    {
        _local = local;
        _gate = gate;
    }

    /// <summary>
    /// Whether the gate said anything: in TLS 1.3 only that shows that it took our key.
    /// </summary>
    public bool WasHeard { get; private set; }

    /// <summary>Passes bytes on this thread and another one until the end.</summary>
    public void Run()
    {
        using var stream = new NetworkStream(_local);
        var back = new Thread(() => Pass(_gate.Stream, stream), StackBytes)
        {
            Name = "hilrig-tunnel-peer",
            IsBackground = true,
        };
        back.Start();
        Pass(stream, _gate.Stream);
        back.Join();
    }

    /// <summary>Ends both connections; any thread.</summary>
    public void Dispose()
    {
        _local.Dispose();
        _gate.Dispose();
    }

    private void Pass(Stream from, Stream to)
    {
        byte[] buffer = new byte[BufferBytes];
        try
        {
            int got;
            while ((got = from.Read(buffer, 0, buffer.Length)) > 0)
            {
                WasHeard |= from == _gate.Stream;
                to.Write(buffer, 0, got);
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException
            or SocketException)
        {
            // Either side left; the other one is told by the end of its connection.
        }

        Dispose();
    }
}
