using CsCheck;
using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Wire;

public sealed class CodecTests
{
    private static readonly SessionKey Key = new(ulong.MaxValue, 2);

    [Test]
    public void A_command_survives_the_wire_bit_for_bit()
    {
        byte[] bytes = new CommandCodec(3).Encode(Command(), Key, 77).ToByteArray();
        var decoded = new JointCommand(3);
        Assert.That(
            new CommandCodec(3).TryDecode(bytes, decoded, out SessionKey key, out long sent));
        Assert.That((key, sent), Is.EqualTo((Key, 77L)));
        JointCommand expected = Command();
        Assert.That(Bits(decoded.Position), Is.EqualTo(Bits(expected.Position)));
        Assert.That(decoded.TorqueEnabled, Is.EqualTo(expected.TorqueEnabled));
        long[] scalars =
        [
            decoded.Sequence, decoded.AnsweredStateSequence, decoded.PlannedNanoseconds,
            decoded.CreatedNanoseconds, decoded.ValidUntilNanoseconds,
        ];
        Assert.That(scalars, Is.EqualTo(new[] { 1L, 2, 3, 4, long.MaxValue }));
    }

    [Test]
    public void A_decoded_command_keeps_nothing_of_the_one_before()
    {
        var codec = new CommandCodec(3);
        byte[] full = codec.Encode(Command(), Key, 77).ToByteArray();
        byte[] empty = codec.Encode(new JointCommand(3), default, 0).ToByteArray();
        var decoded = new JointCommand(3);
        codec.TryDecode(full, decoded, out _, out _);
        Assert.That(codec.TryDecode(empty, decoded, out SessionKey key, out long sent));
        Assert.That((key, sent, decoded.Sequence, decoded.ValidUntilNanoseconds),
            Is.EqualTo((default(SessionKey), 0L, 0L, 0L)));
        Assert.That(decoded.Position, Is.All.NaN);
        Assert.That(decoded.TorqueEnabled, Is.All.False);
    }

    [Test]
    public void A_state_and_its_report_survive_the_wire_bit_for_bit()
    {
        (JointState state, AgentReport report) = State();
        var codec = new StateCodec(3);
        byte[] bytes = codec.Encode(state, report, 5, 6).ToByteArray();
        var decoded = new JointState(3);
        var decodedReport = new AgentReport();
        Assert.That(new StateCodec(3).TryDecode(bytes, decoded, decodedReport));
        Assert.That(Bits(decoded.Position), Is.EqualTo(Bits(state.Position)));
        Assert.That(Bits(decoded.Velocity), Is.EqualTo(Bits(state.Velocity)));
        Assert.That(Bits(decoded.Effort), Is.EqualTo(Bits(state.Effort)));
        Assert.That(decoded.Stamps, Is.EqualTo(state.Stamps));
        Assert.That(
            (decoded.Sequence, decoded.AnsweredCommandSequence, decoded.SampledNanoseconds,
                decoded.Health, decoded.FreshJoints),
            Is.EqualTo((8L, 9L, 10L, PlantHealth.Faulted, ulong.MaxValue)));
        Assert.That(decodedReport.CommandCounts, Is.EqualTo(report.CommandCounts));
        Assert.That(
            (decodedReport.StopReason, decodedReport.StopJoint, decodedReport.StopAcknowledged,
                decodedReport.BusErrorCount, decodedReport.BusRetryCount,
                decodedReport.AllocatedBytes),
            Is.EqualTo((StopReason.HostDied, 2, true, 11L, 12L, 13L)));
    }

    [Test]
    public void Every_health_and_every_stop_reason_has_its_wire_value()
    {
        (JointState state, AgentReport report) = State();
        var codec = new StateCodec(3);
        foreach (PlantHealth health in Enum.GetValues<PlantHealth>())
        {
            foreach (StopReason reason in Enum.GetValues<StopReason>())
            {
                (state.Health, report.StopReason) = (health, reason);
                State message = codec.Encode(state, report, 5, 6);
                Assert.That(message.Health.ToString(), Is.EqualTo(health.ToString()));
                Assert.That(message.Stop.ToString(), Is.EqualTo(reason.ToString()));
            }
        }
    }

    [Test]
    public void Another_number_of_joints_or_an_unknown_health_is_not_decoded()
    {
        byte[] command = new CommandCodec(3).Encode(Command(), Key, 77).ToByteArray();
        Assert.That(
            new CommandCodec(2).TryDecode(command, new JointCommand(2), out _, out _), Is.False);
        (JointState state, AgentReport report) = State();
        State message = new StateCodec(3).Encode(state, report, 5, 6);
        message.Health = (Health)17;
        Assert.That(new StateCodec(3).TryDecode(
            message.ToByteArray(), new JointState(3), new AgentReport()), Is.False);
    }

    [Test]
    public void Random_truncated_and_flipped_bytes_never_throw()
    {
        byte[] command = new CommandCodec(3).Encode(Command(), Key, 77).ToByteArray();
        (JointState state, AgentReport report) = State();
        byte[] whole = new StateCodec(3).Encode(state, report, 5, 6).ToByteArray();
        var commands = new CommandCodec(3);
        var states = new StateCodec(3);
        var commandOut = new JointCommand(3);
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 10_000], Gen.Byte).Sample((junk, at, flip) =>
        {
            byte[][] inputs = [junk, Damage(command, at, flip), Damage(whole, at, flip)];
            foreach (byte[] bytes in inputs)
            {
                commands.TryDecode(bytes, commandOut, out _, out _);
                states.TryDecode(bytes, state, report);
                Frames.Parse<Hello>(bytes);
                Frames.Parse<Request>(bytes);
            }
        }, threads: 1);
        Assert.That(commands.TryDecode(command, commandOut, out _, out _), "good bytes decode");
    }

    [Test]
    public void Encoding_and_decoding_allocate_nothing()
    {
        var codec = new CommandCodec(3);
        var states = new StateCodec(3);
        (JointState state, AgentReport report) = State();
        JointCommand command = Command();
        byte[] buffer = new byte[1024];
        Turn(codec, states, command, state, report, buffer);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            Turn(codec, states, command, state, report, buffer);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static void Turn(
        CommandCodec codec, StateCodec states, JointCommand command, JointState state,
        AgentReport report, byte[] buffer)
    {
        IMessage message = codec.Encode(command, Key, 1);
        int size = message.CalculateSize();
        message.WriteTo(buffer.AsSpan(0, size));
        codec.TryDecode(buffer.AsSpan(0, size), command, out _, out _);
        message = states.Encode(state, report, 1, 2);
        size = message.CalculateSize();
        message.WriteTo(buffer.AsSpan(0, size));
        states.TryDecode(buffer.AsSpan(0, size), state, report);
    }

    private static byte[] Damage(byte[] good, int at, byte flip)
    {
        byte[] bytes = good[..(1 + (at % good.Length))];
        bytes[(at * 31) % bytes.Length] ^= flip;
        return bytes;
    }

    private static long[] Bits(double[] values) =>
        [.. values.Select(BitConverter.DoubleToInt64Bits)];

    private static JointCommand Command()
    {
        var command = new JointCommand(3)
        {
            Sequence = 1,
            AnsweredStateSequence = 2,
            PlannedNanoseconds = 3,
            CreatedNanoseconds = 4,
            ValidUntilNanoseconds = long.MaxValue,
        };
        command.Position[0] = -0.0;
        command.Position[1] = 1e-300;
        command.TorqueEnabled[2] = true;
        return command;
    }

    private static (JointState State, AgentReport Report) State()
    {
        var state = new JointState(3)
        {
            Sequence = 8,
            AnsweredCommandSequence = 9,
            SampledNanoseconds = 10,
            Health = PlantHealth.Faulted,
            FreshJoints = ulong.MaxValue,
            Stamps = new HopStamps
            {
                Planned = 1,
                CommandSent = 2,
                AgentReceived = 3,
                BusWriteStart = 4,
                BusWriteEnd = 5,
                BusReply = 6,
            },
        };
        state.Position[0] = 0.5;
        state.Effort[2] = double.NegativeInfinity;
        var report = new AgentReport
        {
            StopReason = StopReason.HostDied,
            StopJoint = 2,
            StopAcknowledged = true,
            BusErrorCount = 11,
            BusRetryCount = 12,
            AllocatedBytes = 13,
        };
        report.CommandCounts[(int)CommandVerdict.NotArmed] = 14;
        return (state, report);
    }
}
