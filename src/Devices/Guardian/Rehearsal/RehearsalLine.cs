using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Guardian.Rehearsal;

/// <summary>
/// A bus that exists only while a guardian rehearses: registers behind a pseudo-terminal, no motor.
/// </summary>
internal sealed class RehearsalLine : IDisposable
{
    private const int RegisterBytes = 256;
    private const long PatienceNanoseconds = 5_000_000;
    private readonly PseudoTerminal _terminal;
    private readonly Dictionary<byte, byte[]> _registers;
    private readonly byte[] _answer = new byte[FeetechPacket.PacketBytesMax];
    private readonly Thread _thread;
    private volatile bool _isEnding;

    /// <summary>Serves servos at rest, torque on.</summary>
    /// <param name="bus">The bus it stands for.</param>
    /// <param name="ids">Its servos.</param>
    /// <exception cref="Core.Errors.DeviceException">There are no pseudo-terminals.</exception>
    public RehearsalLine(BusDescription bus, IEnumerable<byte> ids)
    {
        _terminal = PseudoTerminal.Open(bus.Baud);
        _registers = ids.ToDictionary(id => id, _ => new byte[RegisterBytes]);
        foreach (byte[] registers in _registers.Values)
        {
            registers[Sts3215.TorqueEnable.Address] = 1;
        }

        Bus = bus with { Port = _terminal.SlavePath };
        _thread = new Thread(Serve) { IsBackground = true, Name = "rehearsal line" };
        _thread.Start();
    }

    /// <summary>The bus, with this line as its port.</summary>
    public BusDescription Bus { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isEnding = true;
        _thread.Join();
        _terminal.Dispose();
    }

    private void Serve()
    {
        var parser = new FeetechParser();
        TransportStatus status = TransportStatus.Ok;
        while (!_isEnding && status != TransportStatus.Lost)
        {
            status = _terminal.Read(
                parser.GetWritable(),
                MonotonicClock.NowNanoseconds + PatienceNanoseconds,
                out int count);
            parser.Commit(count);
            while (parser.TryNext(out FeetechFrame frame))
            {
                ActOn(frame);
            }
        }
    }

    private void ActOn(in FeetechFrame frame)
    {
        ReadOnlySpan<byte> parameters = frame.Parameters;
        if (frame.Instruction == FeetechInstruction.SyncWrite)
        {
            int stride = parameters[1] + 1;
            for (int at = 2; at + stride <= parameters.Length; at += stride)
            {
                parameters.Slice(at + 1, stride - 1)
                    .CopyTo(_registers[parameters[at]].AsSpan(parameters[0]));
            }
        }
        else if (frame.Instruction == FeetechInstruction.SyncRead)
        {
            foreach (byte id in parameters[2..])
            {
                int count = FeetechPacket.EncodeStatus(
                    _answer,
                    id,
                    ServoErrors.None,
                    _registers[id].AsSpan(parameters[0], parameters[1]));
                _ = _terminal.Write(
                    _answer.AsSpan(0, count), MonotonicClock.NowNanoseconds + PatienceNanoseconds);
            }
        }
    }
}
