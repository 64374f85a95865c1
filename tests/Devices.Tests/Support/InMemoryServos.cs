using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Tests.Support;

/// <summary>
/// Servos behind a transport without a wire: byte-level packets in, byte-level packets out, no time
/// passes. A servo with torque on is at its goal at once. Allocates nothing after construction.
/// </summary>
internal sealed class InMemoryServos : IByteTransport
{
    private const int TableBytes = 128;
    private const int EchoedIdMax = 254;
    private readonly FeetechParser _instructions = new();
    private readonly byte[] _answers = new byte[16_384];
    private readonly byte[][] _tables = new byte[EchoedIdMax][];
    private int _answerStart;
    private int _answerEnd;

    public InMemoryServos(params byte[] ids)
    {
        foreach (byte id in ids)
        {
            _tables[id] = new byte[TableBytes];
            Set(id, Sts3215.ModelNumber, 777);
            Set(id, Sts3215.Id, id);
            Set(id, Sts3215.MaxTorque, 1000);
            Set(id, Sts3215.TorqueLimit, 1000);
            Set(id, Sts3215.PresentPosition, 2048);
            Set(id, Sts3215.PresentVoltage, 120);
            Set(id, Sts3215.PresentTemperature, 30);
        }
    }

    /// <summary>Servos that do not answer.</summary>
    public bool[] IsSilent { get; } = new bool[EchoedIdMax];

    /// <summary>Error bits of every status packet of a servo.</summary>
    public ServoErrors[] Errors { get; } = new ServoErrors[EchoedIdMax];

    /// <summary>Whether a servo with torque on goes to its goal.</summary>
    public bool FollowsGoals { get; set; } = true;

    /// <summary>Sync writes that are lost on the way, counted down.</summary>
    public int SyncWritesToLose { get; set; }

    /// <summary>Sync writes to this address are lost on the way.</summary>
    public byte? AddressToLose { get; set; }

    /// <summary>Answers that are lost on the way, counted down.</summary>
    public int AnswersToLose { get; set; }

    /// <summary>Whether the port is gone.</summary>
    public bool IsUnplugged { get; set; }

    /// <summary>First address of each sync write taken, in order; bounded.</summary>
    public List<byte> WrittenAddresses { get; } = new(capacity: 100_000);

    public string Name => "in memory";

    public bool IsOpen => !IsUnplugged;

    public int Get(byte id, Register register) =>
        register.Decode(_tables[id].AsSpan(register.Address));

    public void Set(byte id, Register register, int value) => Assert.That(
        register.TryEncode(value, _tables[id].AsSpan(register.Address)), Is.True);

    public TransportStatus Write(ReadOnlySpan<byte> bytes, long deadlineNanoseconds)
    {
        if (IsUnplugged)
        {
            return TransportStatus.Lost;
        }

        _instructions.Feed(bytes);
        while (_instructions.TryNext(out FeetechFrame frame))
        {
            Obey(frame);
        }

        return TransportStatus.Ok;
    }

    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count)
    {
        count = Math.Min(target.Length, _answerEnd - _answerStart);
        _answers.AsSpan(_answerStart, count).CopyTo(target);
        _answerStart += count;
        return IsUnplugged ? TransportStatus.Lost
            : count == 0 ? TransportStatus.Timeout
            : TransportStatus.Ok;
    }

    public void DiscardInput()
    {
        _answerStart = 0;
        _answerEnd = 0;
    }

    public void Dispose()
    {
    }

    private void Obey(FeetechFrame frame)
    {
        switch (frame.Instruction)
        {
            case FeetechInstruction.Ping:
                Answer(frame.Id, []);
                break;
            case FeetechInstruction.Read:
                Answer(frame.Id, Table(frame.Id).Slice(frame.Parameters[0], frame.Parameters[1]));
                break;
            case FeetechInstruction.Write:
                Take(frame.Id, frame.Parameters[0], frame.Parameters[1..]);
                Answer(frame.Id, []);
                break;
            case FeetechInstruction.SyncRead:
                foreach (byte id in frame.Parameters[2..])
                {
                    Answer(id, Table(id).Slice(frame.Parameters[0], frame.Parameters[1]));
                }

                break;
            case FeetechInstruction.SyncWrite:
                ObeySyncWrite(frame.Parameters);
                break;
            default:
                Assert.Fail("unexpected instruction " + frame.Instruction);
                break;
        }
    }

    private void ObeySyncWrite(ReadOnlySpan<byte> parameters)
    {
        if (SyncWritesToLose > 0)
        {
            SyncWritesToLose--;
            return;
        }

        if (parameters[0] == AddressToLose)
        {
            return;
        }

        if (WrittenAddresses.Count < WrittenAddresses.Capacity)
        {
            WrittenAddresses.Add(parameters[0]);
        }

        int count = parameters[1];
        for (int at = 2; at < parameters.Length; at += count + 1)
        {
            Take(parameters[at], parameters[0], parameters.Slice(at + 1, count));
        }
    }

    private Span<byte> Table(byte id) => _tables[id] ?? new byte[TableBytes];

    private void Take(byte id, byte address, ReadOnlySpan<byte> bytes)
    {
        if (_tables[id] is null || IsSilent[id])
        {
            return;
        }

        bytes.CopyTo(_tables[id].AsSpan(address));
        if (FollowsGoals && Get(id, Sts3215.TorqueEnable) == 1)
        {
            _tables[id].AsSpan(Sts3215.GoalPosition.Address, 2)
                .CopyTo(_tables[id].AsSpan(Sts3215.PresentPosition.Address));
        }
    }

    private void Answer(byte id, ReadOnlySpan<byte> parameters)
    {
        if (id < EchoedIdMax && _tables[id] is not null && !IsSilent[id])
        {
            if (AnswersToLose > 0)
            {
                AnswersToLose--;
                return;
            }

            _answerEnd += FeetechPacket.EncodeStatus(
                _answers.AsSpan(_answerEnd), id, Errors[id], parameters);
        }
    }
}
