using Google.Protobuf.Collections;
using HilRig.Core.Telemetry;

namespace HilRig.Recording.Ticks;

/// <summary>
/// Copies ticks between Core's records and Protobuf messages; message objects are reused.
/// </summary>
internal static class TickCodec
{
    /// <summary>
    /// Makes a message for <paramref name="dofCount"/> joints, to be filled again and again.
    /// </summary>
    public static Protos.Tick CreateMessage(int dofCount)
    {
        var message = new Protos.Tick
        {
            Command = new Protos.JointCommand(),
            Stamps = new Protos.HopStamps(),
        };
        Size(message.Command.Position, dofCount);
        Size(message.Command.TorqueEnabled, dofCount);
        return message;
    }

    /// <summary>Makes a joint state message for <paramref name="dofCount"/> joints.</summary>
    public static Protos.JointState CreateState(int dofCount)
    {
        var state = new Protos.JointState { Stamps = new Protos.HopStamps() };
        Size(state.Position, dofCount);
        Size(state.Velocity, dofCount);
        Size(state.Effort, dofCount);
        return state;
    }

    /// <summary>Fills everything but the states.</summary>
    public static void Encode(TickRecord record, Protos.Tick message)
    {
        message.Index = record.Tick.Index;
        message.PlannedNanoseconds = record.Tick.PlannedNanoseconds;
        message.WokeNanoseconds = record.Tick.WokeNanoseconds;
        message.PeriodNanoseconds = record.Tick.PeriodNanoseconds;
        message.MissedCount = record.Tick.MissedCount;
        message.ElapsedNanoseconds = record.ElapsedNanoseconds;
        message.Repeat = record.Repeat;
        message.ClippedJoints = record.ClippedJoints;
        message.Answered = record.Answered;
        message.FaultedJoints = record.FaultedJoints;
        Encode(record.Command, message.Command);
        Encode(record.Stamps, message.Stamps);
    }

    public static void Encode(Core.Joints.JointState state, Protos.JointState message)
    {
        Copy(state.Position, message.Position);
        Copy(state.Velocity, message.Velocity);
        Copy(state.Effort, message.Effort);
        message.Sequence = state.Sequence;
        message.AnsweredCommandSequence = state.AnsweredCommandSequence;
        message.SampledNanoseconds = state.SampledNanoseconds;
        message.Health = (Protos.PlantHealth)state.Health;
        message.FreshJoints = state.FreshJoints;
        Encode(state.Stamps, message.Stamps);
    }

    /// <summary>Fills a record of the same joint count; false when the counts differ.</summary>
    public static bool TryDecode(Protos.Tick message, TickRecord record)
    {
        record.Tick = new Core.Time.Tick(
            message.Index,
            message.PlannedNanoseconds,
            message.WokeNanoseconds,
            message.PeriodNanoseconds,
            message.MissedCount);
        record.ElapsedNanoseconds = message.ElapsedNanoseconds;
        record.Repeat = message.Repeat;
        record.ClippedJoints = message.ClippedJoints;
        record.Answered = message.Answered;
        record.FaultedJoints = message.FaultedJoints;
        record.Stamps = Decode(message.Stamps);
        return TryDecode(message.Command, record.Command)
            && TryDecode(message.Real, record.Real)
            && TryDecode(message.Twin, record.Twin)
            && TryDecode(message.Seen, record.Seen);
    }

    private static void Encode(Core.Joints.JointCommand command, Protos.JointCommand message)
    {
        Copy(command.Position, message.Position);
        for (int i = 0; i < command.TorqueEnabled.Length; i++)
        {
            message.TorqueEnabled[i] = command.TorqueEnabled[i];
        }

        message.Sequence = command.Sequence;
        message.AnsweredStateSequence = command.AnsweredStateSequence;
        message.PlannedNanoseconds = command.PlannedNanoseconds;
        message.CreatedNanoseconds = command.CreatedNanoseconds;
        message.ValidUntilNanoseconds = command.ValidUntilNanoseconds;
    }

    private static void Encode(in Core.Time.HopStamps stamps, Protos.HopStamps message)
    {
        message.Planned = stamps.Planned;
        message.Woke = stamps.Woke;
        message.StateRead = stamps.StateRead;
        message.ControllerDone = stamps.ControllerDone;
        message.CommandSent = stamps.CommandSent;
        message.AgentReceived = stamps.AgentReceived;
        message.BusWriteStart = stamps.BusWriteStart;
        message.BusWriteEnd = stamps.BusWriteEnd;
        message.BusReply = stamps.BusReply;
        message.StateReceived = stamps.StateReceived;
        message.TwinStepped = stamps.TwinStepped;
        message.Recorded = stamps.Recorded;
    }

    private static Core.Time.HopStamps Decode(Protos.HopStamps? message) =>
        message is null ? default : new()
        {
            Planned = message.Planned,
            Woke = message.Woke,
            StateRead = message.StateRead,
            ControllerDone = message.ControllerDone,
            CommandSent = message.CommandSent,
            AgentReceived = message.AgentReceived,
            BusWriteStart = message.BusWriteStart,
            BusWriteEnd = message.BusWriteEnd,
            BusReply = message.BusReply,
            StateReceived = message.StateReceived,
            TwinStepped = message.TwinStepped,
            Recorded = message.Recorded,
        };

    private static bool TryDecode(Protos.JointCommand? message, Core.Joints.JointCommand command)
    {
        if (message is null || message.Position.Count != command.Position.Length
            || message.TorqueEnabled.Count != command.TorqueEnabled.Length)
        {
            return false;
        }

        message.Position.CopyTo(command.Position, 0);
        message.TorqueEnabled.CopyTo(command.TorqueEnabled, 0);
        command.Sequence = message.Sequence;
        command.AnsweredStateSequence = message.AnsweredStateSequence;
        command.PlannedNanoseconds = message.PlannedNanoseconds;
        command.CreatedNanoseconds = message.CreatedNanoseconds;
        command.ValidUntilNanoseconds = message.ValidUntilNanoseconds;
        return true;
    }

    private static bool TryDecode(Protos.JointState? message, Core.Joints.JointState state)
    {
        if (message is null)
        {
            new Core.Joints.JointState(state.Position.Length).CopyTo(state);
            return true;
        }

        int dofCount = state.Position.Length;
        if (message.Position.Count != dofCount || message.Velocity.Count != dofCount
            || message.Effort.Count != dofCount)
        {
            return false;
        }

        message.Position.CopyTo(state.Position, 0);
        message.Velocity.CopyTo(state.Velocity, 0);
        message.Effort.CopyTo(state.Effort, 0);
        state.Sequence = message.Sequence;
        state.AnsweredCommandSequence = message.AnsweredCommandSequence;
        state.SampledNanoseconds = message.SampledNanoseconds;
        state.Health = (Core.Joints.PlantHealth)message.Health;
        state.FreshJoints = message.FreshJoints;
        state.Stamps = Decode(message.Stamps);
        return true;
    }

    private static void Size<T>(RepeatedField<T> field, int count)
    {
        for (int i = 0; i < count; i++)
        {
            field.Add(default(T)!);
        }
    }

    private static void Copy(double[] values, RepeatedField<double> field)
    {
        for (int i = 0; i < values.Length; i++)
        {
            field[i] = values[i];
        }
    }
}
