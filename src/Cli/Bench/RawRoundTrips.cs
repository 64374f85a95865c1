using System.Net;
using System.Net.Sockets;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// The control beside the bridge: as many bytes through one TCP connection, written by the loop and
/// stamped by a receiving thread.
/// </summary>
internal sealed class RawRoundTrips : IDisposable
{
    private const int DrainTicks = 50;
    private readonly IRigClock _clock;
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _command;
    private readonly byte[] _state;
    private readonly long[] _written;
    private readonly long[] _arrived;
    private readonly Thread _receiver;
    private long _sequence;

    /// <summary>Connects.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="port">Port on the loopback address.</param>
    /// <param name="commandBytes">Bytes of a command, at least 8.</param>
    /// <param name="stateBytes">Bytes of a state, at least 8.</param>
    /// <param name="count">Most commands there will be.</param>
    public RawRoundTrips(IRigClock clock, int port, int commandBytes, int stateBytes, int count)
    {
        _clock = clock;
        _command = new byte[commandBytes];
        _state = new byte[stateBytes];
        _written = new long[count + 1];
        _arrived = new long[count + 1];
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Send(BitConverter.GetBytes(commandBytes));
        _socket.Send(BitConverter.GetBytes(stateBytes));
        _receiver = new Thread(Receive) { Name = "bench-receiver" };
        _receiver.Start();
    }

    /// <summary>When each command was written, ns, by sequence.</summary>
    public ReadOnlySpan<long> Written => _written;

    /// <summary>When its answer arrived, ns, by sequence; 0 for never.</summary>
    public ReadOnlySpan<long> Arrived => _arrived;

    /// <summary>Sends one command a tick.</summary>
    /// <param name="source">The grid.</param>
    public void Run(GridTickSource source)
    {
        while (source.WaitNext(out _) == TickStatus.Due)
        {
            _sequence++;
            BitConverter.TryWriteBytes(_command, _sequence);
            _written[_sequence] = _clock.NowNanoseconds;
            _socket.Send(_command);
        }

        for (int i = 0; i < DrainTicks && Volatile.Read(ref _arrived[_sequence]) == 0; i++)
        {
            _clock.SleepUntil(_clock.NowNanoseconds + 1_000_000);
        }
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose()
    {
        _socket.Shutdown(SocketShutdown.Send);
        _receiver.Join();
        _socket.Dispose();
    }

    private void Receive()
    {
        while (BridgeEcho.ReadExactly(_socket, _state))
        {
            Volatile.Write(ref _arrived[BitConverter.ToInt64(_state)], _clock.NowNanoseconds);
        }
    }
}
