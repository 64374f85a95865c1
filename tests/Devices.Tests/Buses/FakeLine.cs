using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Tests.Buses;

/// <summary>
/// A line with servos that answer within the write itself, so that no test waits: a read finds
/// their bytes, or times out at once. Faults are applied to answers, in the order they are sent.
/// </summary>
internal sealed class FakeLine : IByteTransport
{
    private readonly FeetechParser _parser = new();
    private readonly List<byte> _toHost = [];
    private readonly byte[] _packet = new byte[FeetechPacket.PacketBytesMax];

    public FakeLine(params FakeServo[] servos) => Servos.AddRange(servos);

    public List<FakeServo> Servos { get; } = [];

    /// <summary>Instruction packets as they came.</summary>
    public List<byte[]> Received { get; } = [];

    /// <summary>
    /// What happens to the next answers, one each; afterwards they are left alone.
    /// </summary>
    public Queue<Func<byte[], byte[]>> Faults { get; } = new();

    /// <summary>Deadline of the last read, CLOCK_MONOTONIC ns.</summary>
    public long ReadDeadlineNanoseconds { get; private set; }

    public int Baud { get; set; } = 1_000_000;

    public int? AnswersOnlyAtBaud { get; set; }

    /// <summary>Called before each instruction is acted on.</summary>
    public Action OnReceived { get; set; } = () => { };

    /// <summary>How many bytes one read returns at most.</summary>
    public int ReadChunkBytes { get; set; } = int.MaxValue;

    public string Name => "fake line";

    public bool IsOpen { get; private set; } = true;

    public bool IsDisposed { get; private set; }

    public static byte[] Lose(byte[] answer) => [];

    public static byte[] Damage(byte[] answer) => [.. answer[..^1], (byte)(answer[^1] ^ 0x10)];

    public static byte[] Cut(byte[] answer) => answer[..^2];

    public static byte[] PrefixJunk(byte[] answer) => [0xFF, 0xFF, 0x09, 0x31, 0x00, .. answer];

    public void Unplug() => IsOpen = false;

    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds)
    {
        if (!IsOpen)
        {
            return TransportStatus.Lost;
        }

        Received.Add(bytes.ToArray());
        OnReceived();
        _parser.Feed(bytes);
        while (_parser.TryNext(out FeetechFrame frame))
        {
            if (AnswersOnlyAtBaud is null || AnswersOnlyAtBaud == Baud)
            {
                Handle(frame);
            }
        }

        return TransportStatus.Ok;
    }

    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count)
    {
        ReadDeadlineNanoseconds = deadlineNanoseconds;
        count = Math.Min(Math.Min(target.Length, _toHost.Count), ReadChunkBytes);
        if (!IsOpen)
        {
            count = 0;
            return TransportStatus.Lost;
        }

        _toHost.GetRange(0, count).CopyTo(target);
        _toHost.RemoveRange(0, count);
        return count == 0 ? TransportStatus.Timeout : TransportStatus.Ok;
    }

    public void DiscardInput() => _toHost.Clear();

    public void Dispose()
    {
        IsOpen = false;
        IsDisposed = true;
    }

    /// <summary>Bytes that arrive without having been asked for.</summary>
    public void Inject(ReadOnlySpan<byte> bytes) => _toHost.AddRange(bytes);

    private void Handle(in FeetechFrame frame)
    {
        ReadOnlySpan<byte> parameters = frame.Parameters;
        if (frame.Instruction == FeetechInstruction.SyncRead)
        {
            foreach (byte id in parameters[2..])
            {
                AnswerRead(Find(id), parameters[0], parameters[1]);
            }
        }
        else if (frame.Instruction == FeetechInstruction.SyncWrite)
        {
            int stride = parameters[1] + 1;
            for (int at = 2; at < parameters.Length; at += stride)
            {
                Find(parameters[at])?.Write(parameters[0], parameters.Slice(at + 1, stride - 1));
            }
        }
        else
        {
            foreach (FakeServo servo in Servos)
            {
                if (servo.Id == frame.Id || frame.Id == FeetechPacket.BroadcastId)
                {
                    HandleOne(servo, frame);
                }
            }
        }
    }

    private void HandleOne(FakeServo servo, in FeetechFrame frame)
    {
        ReadOnlySpan<byte> parameters = frame.Parameters;
        bool isAcknowledged = frame.Id != FeetechPacket.BroadcastId;
        switch (frame.Instruction)
        {
            case FeetechInstruction.Read:
                AnswerRead(servo, parameters[0], parameters[1]);
                return;
            case FeetechInstruction.Write:
                servo.Write(parameters[0], parameters[1..]);
                isAcknowledged &= servo.Get(Sts3215.ResponseLevel) == 1;
                break;
            case FeetechInstruction.RegWrite:
                servo.Prepared = (parameters[0], parameters[1..].ToArray());
                break;
            case FeetechInstruction.Action when servo.Prepared is { } prepared:
                servo.Write(prepared.Address, prepared.Bytes);
                break;
            default:
                break;
        }

        if (isAcknowledged)
        {
            Answer(servo, default);
        }
    }

    private FakeServo? Find(byte id) => Servos.Find(servo => servo.Id == id);

    private void AnswerRead(FakeServo? servo, byte address, byte count)
    {
        if (servo is not null)
        {
            Answer(servo, servo.Bytes.AsSpan(address, count));
        }
    }

    private void Answer(FakeServo servo, ReadOnlySpan<byte> parameters)
    {
        int length = FeetechPacket.Encode(_packet, servo.Id, servo.Errors, parameters);
        byte[] answer = _packet[..length];
        _toHost.AddRange(
            Faults.TryDequeue(out Func<byte[], byte[]>? fault) ? fault(answer) : answer);
    }
}
