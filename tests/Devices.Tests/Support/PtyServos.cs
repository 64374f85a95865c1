using HilRig.Core.RealTime;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Support;

/// <summary>Servos behind a pseudo-terminal, answered by a thread of their own.</summary>
internal sealed class PtyServos : IDisposable
{
    private const long LookNanoseconds = 5_000_000;
    private readonly PseudoTerminal _terminal = PseudoTerminal.Open();
    private readonly Thread _thread;
    private volatile bool _isEnding;

    public PtyServos(params byte[] ids)
    {
        Servos = new InMemoryServos(ids);
        _thread = new Thread(Serve) { IsBackground = true, Name = "pty-servos" };
        _thread.Start();
    }

    /// <summary>The servos; set them up before the port is used.</summary>
    public InMemoryServos Servos { get; }

    /// <summary>Port name.</summary>
    public string Port => _terminal.SlavePath;

    /// <summary>Bytes that have come.</summary>
    public long ReceivedBytes { get; private set; }

    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
        _terminal.Dispose();
    }

    private void Serve()
    {
        var bytes = new byte[512];
        while (!_isEnding)
        {
            long deadline = MonotonicClock.NowNanoseconds + LookNanoseconds;
            if (_terminal.Read(bytes, deadline, out int count) == TransportStatus.Ok)
            {
                ReceivedBytes += count;
                Servos.Write(bytes.AsSpan(0, count), deadline);
                while (Servos.Read(bytes, 0, out int answered) == TransportStatus.Ok)
                {
                    _terminal.Write(
                        bytes.AsSpan(0, answered), MonotonicClock.NowNanoseconds + LookNanoseconds);
                }
            }
        }
    }
}
