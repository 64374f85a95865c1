using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Bridge.Isaac.Topics;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Isaac;

/// <summary>
/// The second generation. Its field numbers are from no source but our assumption: these tests show
/// that both of our ends agree and that the numbers can be replaced, not that Isaac agrees.
/// </summary>
[CancelAfter(60_000)]
public sealed class GenerationTwoTests
{
    private const double Period = 0.01;
    private static readonly string[] Names = ["lift", "elbow"];

    /// <summary>From documentation, numbers unverified: 1, 2, 3, 4.</summary>
    private static byte[] JointStatesGolden => GenerationOneGolden.Hex("""
        0A 05 65 6C 62 6F 77                        names = 1: "elbow"
        0A 04 6C 69 66 74                               names = 1: "lift"
        12 10 00 00 00 00 00 00 E0 3F
              00 00 00 00 00 00 F0 BF                   positions = 2, packed: 0.5, -1
        1A 10 00 00 00 00 00 00 00 40
              00 00 00 00 00 00 08 40                   velocities = 3, packed: 2, 3
        21 00 00 00 00 00 00 F8 3F                      timestamp = 4: 1.5
        """);

    /// <summary>From documentation, unverified.</summary>
    private static byte[] JointCommandGolden => GenerationOneGolden.Hex("""
        0A 05 65 6C 62 6F 77                        names = 1: "elbow"
        12 08 00 00 00 00 00 00 E0 3F                   positions = 2, packed: 0.5
        """);

    [Test]
    public void Joint_states_are_matched_by_name()
    {
        var codec = new JointsCodec(Names, IsaacFieldNumbers.Assumed);
        double[] position = [double.NaN, double.NaN];
        double[] velocity = [double.NaN, double.NaN];
        Assert.That(
            codec.DecodeStates(JointStatesGolden, position, velocity),
            Is.EqualTo(JointStatesStatus.Ok));
        Assert.That(position, Is.EqualTo(new[] { -1, 0.5 }));
        Assert.That(velocity, Is.EqualTo(new[] { 3.0, 2 }));
        Assert.That(codec.TimestampSeconds, Is.EqualTo(1.5));
    }

    [Test]
    public void A_command_names_only_joints_that_have_a_goal()
    {
        var codec = new JointsCodec(Names, IsaacFieldNumbers.Assumed);
        var bytes = new byte[codec.EncodedBytesMax];
        int size = codec.EncodeCommand(bytes, [double.NaN, 0.5]);
        Assert.That(bytes[..size], Is.EqualTo(JointCommandGolden));
        double[] goal = [7, 8];
        Assert.That(codec.DecodeCommand(bytes.AsSpan(0, size), goal), Is.EqualTo(
            JointStatesStatus.Ok));
        Assert.That(goal, Is.EqualTo(new[] { 7, 0.5 }));
    }

    [Test]
    public void Bad_joint_states_have_a_reason()
    {
        var codec = new JointsCodec(["lift", "wrist"], IsaacFieldNumbers.Assumed);
        var values = new double[2];
        byte[] good = JointStatesGolden;
        Assert.That(
            codec.DecodeStates(good, values, values), Is.EqualTo(JointStatesStatus.JointMissing));
        for (int length = 1; length < good.Length; length++)
        {
            byte[] cut = good[..length];
            Assert.DoesNotThrow(() => codec.DecodeStates(cut, new double[2], new double[2]));
        }

        byte[] infinite = [.. good];
        infinite[30] = 0x7F;
        infinite[29] = 0xF0;
        Assert.That(
            codec.DecodeStates(infinite, values, values), Is.EqualTo(JointStatesStatus.NotFinite));
    }

    [Test]
    public void Field_numbers_come_from_a_file()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """
                {
                  "Clock": { "delta_simulation_time": 1, "delta_system_time": 2,
                    "simulation_time": 3, "system_time": 4 },
                  "JointStates": { "names": 9, "positions": 8, "velocities": 7, "timestamp": 6 },
                  "JointCommand": { "names": 5, "positions": 4, "velocities": 3 },
                  "Image": { "width": 1, "height": 2, "encoding": 3, "data": 4, "timestamp": 5 }
                }
                """);
            var codec = new JointsCodec(Names, IsaacFieldNumbers.Load(path));
            var bytes = new byte[codec.EncodedBytesMax];
            int size = codec.EncodeCommand(bytes, [double.NaN, 0.5]);
            Assert.That(bytes[0] >> 3, Is.EqualTo(5));
            Assert.That(size, Is.EqualTo(JointCommandGolden.Length));
            File.WriteAllText(path, "{ \"Clock\": { \"delta_simulation_time\": 0 } }");
            Assert.Throws<ScenarioException>(() => IsaacFieldNumbers.Load(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void Isaacs_clock_sets_the_ticks_and_goals_come_back()
    {
        using IsaacPlant plant = Open();
        using var isaac = new Isaac(plant.Ports);
        var state = new JointState(2);
        plant.Start(state);
        Assert.That(state.Position, Is.EqualTo(new[] { 0.25, -0.5 }));
        Assert.That(plant.WaitNext(out Tick first), Is.EqualTo(TickStatus.Due));
        var command = new JointCommand(2) { Sequence = 1, ValidUntilNanoseconds = long.MaxValue };
        command.Position[0] = 0.3;
        command.Position[1] = 0.4;
        Array.Fill(command.TorqueEnabled, true);
        Assert.That(plant.Write(first, command), Is.EqualTo(PlantStatus.Ok));
        isaac.WaitForGoal([0.3, 0.4]);

        Tick tick = first;
        do
        {
            Assert.That(plant.WaitNext(out Tick next), Is.EqualTo(TickStatus.Due));
            Assert.That(next.Index, Is.EqualTo(tick.Index + 1 + next.MissedCount));
            tick = next;
            while (plant.TryRead(state) == PlantStatus.Ok)
            {
            }
        }
        while (state.AnsweredCommandSequence != 1);
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok));
        isaac.WaitForGoal([0.25, -0.5]);
        Assert.That(plant.Write(tick, command), Is.EqualTo(PlantStatus.Stopped));
    }

    [Test]
    public void A_joint_without_torque_gets_no_goal()
    {
        using IsaacPlant plant = Open();
        using var isaac = new Isaac(plant.Ports);
        var state = new JointState(2);
        plant.Start(state);
        Assert.That(plant.WaitNext(out Tick tick), Is.EqualTo(TickStatus.Due));
        var command = new JointCommand(2) { Sequence = 1, ValidUntilNanoseconds = long.MaxValue };
        command.Position[0] = 0.3;
        command.Position[1] = 0.4;
        command.TorqueEnabled[0] = true;
        plant.Write(tick, command);
        isaac.WaitForGoal([0.3, double.NaN]);
    }

    [Test]
    public void A_late_command_is_not_sent(CancellationToken cancel)
    {
        using IsaacPlant plant = Open();
        using var isaac = new Isaac(plant.Ports);
        plant.Start(new JointState(2));
        Assert.That(plant.WaitNext(out Tick tick), Is.EqualTo(TickStatus.Due));
        var command = new JointCommand(2) { Sequence = 1, ValidUntilNanoseconds = 1 };
        plant.Write(tick, command);
        Eventually.Holds(() => plant.Counters.CommandsExpired == 1, cancel);
        Assert.That(plant.Counters.CommandsSent, Is.Zero);
    }

    [Test]
    public void A_silent_Isaac_is_lost()
    {
        using var plant = IsaacPlant.Open(Options() with
        {
            LostTimeout = TimeSpan.FromMilliseconds(500),
        });
        var state = new JointState(2);
        using (var isaac = new Isaac(plant.Ports))
        {
            plant.Start(state);
        }

        TickStatus status;
        do
        {
            status = plant.WaitNext(out _);
        }
        while (status == TickStatus.Due);
        Assert.That(status, Is.EqualTo(TickStatus.DeviceLost));
        while (plant.TryRead(state) == PlantStatus.Ok)
        {
        }

        Assert.That(plant.TryRead(state), Is.EqualTo(PlantStatus.Lost));
        Assert.That(plant.Diagnosis, Does.Contain("no joint states"));
    }

    [Test]
    public void A_reset_of_Isaac_ends_the_run()
    {
        using IsaacPlant plant = Open();
        using var isaac = new Isaac(plant.Ports);
        plant.Start(new JointState(2));
        isaac.Restart();
        TickStatus status;
        do
        {
            status = plant.WaitNext(out _);
        }
        while (status == TickStatus.Due);
        Assert.That(status, Is.EqualTo(TickStatus.DeviceLost));
        Assert.That(plant.Diagnosis, Does.Contain("reset"));
    }

    [Test]
    public void A_start_without_Isaac_says_what_to_try()
    {
        using var plant = IsaacPlant.Open(Options() with
        {
            StartTimeout = TimeSpan.FromMilliseconds(50),
        });
        DeviceException? error = Assert.Throws<DeviceException>(
            () => plant.Start(new JointState(2)));
        Assert.That(error!.Message, Does.Contain("lift, elbow").And.Contain("press play"));
    }

    [Test]
    public void The_loops_calls_allocate_nothing()
    {
        using IsaacPlant plant = Open();
        using var isaac = new Isaac(plant.Ports);
        var state = new JointState(2);
        plant.Start(state);
        var command = new JointCommand(2);
        Array.Fill(command.TorqueEnabled, true);
        long before = 0;
        for (int i = 1; i <= 150; i++)
        {
            before = i == 100 ? GC.GetAllocatedBytesForCurrentThread() : before;
            plant.WaitNext(out Tick tick);
            while (plant.TryRead(state) == PlantStatus.Ok)
            {
            }

            state.Position.CopyTo(command.Position, 0);
            command.Sequence = i;
            plant.Write(tick, command);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static IsaacPlantOptions Options() => new()
    {
        Description = new PlantDescription("isaac", [.. Names.Select(name =>
            new JointDescription(name, JointKind.Revolute, new JointLimits(-3, 3, 9, 9)))]),
        JointNames = Names,
        Period = TimeSpan.FromSeconds(Period),
        Ports = new IsaacPorts { Stream = 0, Control = 0, Settings = 0, Effector = 0 },
        LostTimeout = Rigs.Patience,
    };

    private static IsaacPlant Open() => IsaacPlant.Open(Options());

    /// <summary>A stand-in that publishes on a thread of its own.</summary>
    private sealed class Isaac : IDisposable
    {
        private readonly Thread _thread;
        private readonly IsaacPorts _ports;
        private readonly ManualResetEventSlim _came = new();
        private double[] _goal = [double.NaN, double.NaN];
        private volatile bool _restart;
        private volatile bool _stop;

        public Isaac(IsaacPorts ports)
        {
            _ports = ports;
            _thread = new Thread(Run);
            _thread.Start();
        }

        public void Restart() => _restart = true;

        public void WaitForGoal(double[] goal)
        {
            while (!goal.SequenceEqual(Volatile.Read(ref _goal)))
            {
                Assert.That(_came.Wait(TimeSpan.FromSeconds(30)), "no command came");
                _came.Reset();
            }
        }

        public void Dispose()
        {
            _stop = true;
            _thread.Join();
            _came.Dispose();
        }

        private void Run()
        {
            using var client = new IsaacTopicStandIn(
                new IsaacStandInOptions { Ports = _ports },
                Names,
                IsaacFieldNumbers.Assumed);
            using var pace = new PeriodicTimer(TimeSpan.FromSeconds(Period));
            for (long step = 1; !_stop; step++)
            {
                step = _restart ? 0 : step;
                _restart = false;
                client.TrySend(new IsaacClock(Period, Period, step * Period, 0));
                client.TrySend([0.25, -0.5], [0, 0], step * Period);
                double[] goal = [double.NaN, double.NaN];
                if (client.TryTakeCommand(goal))
                {
                    Volatile.Write(ref _goal, goal);
                    _came.Set();
                }

                pace.WaitForNextTickAsync().AsTask().Wait();
            }
        }
    }
}
