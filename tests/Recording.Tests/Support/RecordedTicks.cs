using HilRig.Core.Joints;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;
using HilRig.Recording.Ticks;

namespace HilRig.Recording.Tests.Support;

/// <summary>Ticks in which every field has a value of its own, from a seed.</summary>
internal static class RecordedTicks
{
    public const long PeriodNanoseconds = 4_000_000;

    public static RecordingHeader Header(int dofCount, JointKind kind = JointKind.Revolute)
    {
        var joints = new List<RecordedJoint>();
        for (int i = 0; i < dofCount; i++)
        {
            joints.Add(new RecordedJoint($"joint_{i}", kind));
        }

        return new RecordingHeader
        {
            RunId = "run-7",
            ScenarioName = "step-response",
            ScenarioText = "name: step-response # ± 0.6 rad\n",
            RigName = "so101-virtual",
            RigText = "rig: so101-virtual\n",
            RigHash = "0123abcd",
            Joints = joints,
            Seed = -42,
            Facts = new Dictionary<string, string> { ["version.hilrig"] = "0.1.0" },
        };
    }

    public static TickRecord Make(int index, int dofCount, bool hasTwin = true)
    {
        var random = new Random(index + 1000);
        long planned = 5_000_000_000 + (index * PeriodNanoseconds);
        var record = new TickRecord(dofCount)
        {
            Tick = new Tick(index, planned, planned + 11, PeriodNanoseconds, index % 3),
            ElapsedNanoseconds = (index - 5) * PeriodNanoseconds,
            Repeat = index / 100,
            ClippedJoints = 1UL << (index % 64),
            Answered = index % 7 != 6,
            Stamps = Stamps(planned, 100),
        };
        Fill(record.Command, planned, index, random);
        Fill(record.Real, planned, index, random);
        if (hasTwin)
        {
            Fill(record.Twin, planned, index, random);
            record.Twin.Velocity[0] = double.NaN;
        }

        return record;
    }

    private static HopStamps Stamps(long planned, long step) => new()
    {
        Planned = planned,
        Woke = planned + step,
        StateRead = planned + (2 * step),
        ControllerDone = planned + (3 * step),
        CommandSent = planned + (4 * step),
        AgentReceived = planned + (5 * step),
        BusWriteStart = planned + (6 * step),
        BusWriteEnd = planned + (7 * step),
        BusReply = planned + (8 * step),
        StateReceived = planned + (9 * step),
        TwinStepped = planned + (10 * step),
    };

    private static void Fill(JointCommand command, long planned, int index, Random random)
    {
        Fill(command.Position, random);
        for (int i = 0; i < command.TorqueEnabled.Length; i++)
        {
            command.TorqueEnabled[i] = (index + i) % 2 == 0;
        }

        command.Sequence = index + 1;
        command.AnsweredStateSequence = index;
        command.PlannedNanoseconds = planned;
        command.CreatedNanoseconds = planned + 13;
        command.ValidUntilNanoseconds = planned + 17_000_000;
    }

    private static void Fill(JointState state, long planned, int index, Random random)
    {
        Fill(state.Position, random);
        Fill(state.Velocity, random);
        Fill(state.Effort, random);
        state.Sequence = index + 2;
        state.AnsweredCommandSequence = index + 1;
        state.SampledNanoseconds = planned + 700_000;
        state.Health = (PlantHealth)(index % 4);
        state.FreshJoints = (ulong)(index * 7919);
        state.Stamps = Stamps(planned, 150);
    }

    private static void Fill(double[] values, Random random)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (random.NextDouble() - 0.5) * 3;
        }
    }
}
