using System.Net.Sockets;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Devices.PacketClocked;
using HilRig.Devices.PacketClocked.RealTime;
using HilRig.Devices.PacketClocked.Wire;

namespace HilRig.Devices.Tests.PacketClocked;

/// <summary>Host and controller over real UDP, slow enough for a busy machine.</summary>
[CancelAfter(30_000)]
public sealed class PacketPlantTests
{
    private const ulong Digest = 77;
    private const double PeriodSeconds = 0.010;
    private StraightArm _arm = null!;
    private PacketController _controller = null!;

    [SetUp]
    public void Start()
    {
        _arm = new StraightArm([0.2, -0.2]);
        _controller = PacketController.Start(
            new PacketControllerOptions
            {
                Period = TimeSpan.FromSeconds(PeriodSeconds),
                Limits = [new JointLimits(-1, 1, 2, 10), new JointLimits(-1, 1, 2, 10)],
                RigDigest = Digest,
            },
            _arm);
    }

    [TearDown]
    public void End() => _controller.Dispose();

    [Test]
    public void Commands_that_answer_packets_are_followed()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        for (int i = 0; i < 40; i++)
        {
            drive.Turn(0.005);
        }

        JointState state = drive.State;
        Assert.That(state.Position[0], Is.EqualTo(0.2 + 0.2).Within(0.02));
        Assert.That(state.AnsweredCommandSequence, Is.GreaterThan(0));
        Assert.That(plant.Report.Mode, Is.EqualTo(ControllerMode.Moving));
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok));
        Assert.That(plant.Report.Cause, Is.EqualTo(ControllerStopCause.Requested));
        Assert.That(plant.Report.IsAtRest, Is.True);
    }

    [Test]
    public void Packets_count_the_ticks_and_say_when_they_were_due()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        Tick first = drive.Turn(0);
        Tick last = first;
        for (int i = 0; i < 25; i++)
        {
            last = drive.Turn(0);
            Assert.That(last.PlannedNanoseconds, Is.LessThanOrEqualTo(last.WokeNanoseconds));
        }

        Assert.That(first.Index, Is.Zero);
        Assert.That(last.Index, Is.EqualTo(25 + drive.MissedCount));
        Assert.That(
            last.PlannedNanoseconds - first.PlannedNanoseconds,
            Is.EqualTo(last.Index * 10_000_000).Within(10_000_000));
    }

    [Test]
    public void A_host_that_falls_silent_stops_the_controller_after_twenty_lost()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        for (int i = 0; i < 20; i++)
        {
            drive.Turn(0.002);
        }

        double reached = drive.State.Position[0];
        drive.ListenUntilStopped();

        Assert.That(plant.Report.Cause, Is.EqualTo(ControllerStopCause.AnswersLost));
        Assert.That(plant.Report.LongestLostInRow, Is.EqualTo(21));
        Assert.That(drive.Turn(0).Index, Is.GreaterThan(0));
        Assert.That(drive.LastWrite, Is.EqualTo(PlantStatus.Stopped));

        // It went on at 0.2 rad/s at most while it hoped (210 ms), then braked (20 ms).
        Assert.That(
            drive.SettledPosition() - reached, Is.InRange(0, 0.2 * (0.21 + 0.02) + 0.004));
    }

    [TestCase(1.5, ControllerStopCause.MotionStart, TestName = "A_jump_at_the_start_stops")]
    [TestCase(0.1, ControllerStopCause.MotionStart, TestName = "A_start_elsewhere_stops")]
    public void First_goal(double away, ControllerStopCause cause)
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        drive.Turn(away);
        drive.ListenUntilStopped();

        Assert.That(plant.Report.Cause, Is.EqualTo(
            away > 0.8 ? ControllerStopCause.GoalOutOfRange : cause));
    }

    [TestCase(0.1, ControllerStopCause.GoalTooFast)]
    [TestCase(double.NaN, ControllerStopCause.GoalOutOfRange)]
    public void A_goal_that_no_arm_could_follow_stops(double step, ControllerStopCause cause)
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        for (int i = 0; i < 10; i++)
        {
            drive.Turn(0.001);
        }

        drive.Turn(step);
        drive.ListenUntilStopped();

        Assert.That(plant.Report.Cause, Is.EqualTo(cause));
        Assert.That(drive.SettledPosition(), Is.EqualTo(0.21).Within(0.03));
    }

    [Test]
    public void A_command_that_lets_a_joint_go_stops()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        drive.Turn(0);
        drive.Command.TorqueEnabled[1] = false;
        drive.Turn(0);

        Assert.That(drive.LastWrite, Is.EqualTo(PlantStatus.Stopped));
        Assert.That(plant.Report.Mode, Is.EqualTo(ControllerMode.Stopped));
    }

    [Test]
    public void A_failed_arm_stops()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        drive.Turn(0);
        _arm.HasFailed = true;
        drive.ListenUntilStopped();

        Assert.That(plant.Report.Cause, Is.EqualTo(ControllerStopCause.ArmFailed));
    }

    [Test]
    public void A_second_host_is_refused_and_the_first_undisturbed()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        drive.Turn(0);

        Assert.That(
            () => Connect(), Throws.TypeOf<ProtocolException>().With.Message.Contains("no other"));
        drive.Turn(0);
        Assert.That(drive.LastWrite, Is.EqualTo(PlantStatus.Ok));
    }

    [Test]
    public void Another_rig_file_or_number_of_joints_is_refused()
    {
        Assert.That(
            () => Connect(digest: 78),
            Throws.TypeOf<ProtocolException>().With.Message.Contains("rig file"));
        Assert.That(
            () => Connect(jointCount: 3),
            Throws.TypeOf<ProtocolException>().With.Message.Contains("number of joints"));
    }

    [Test]
    public void A_stop_stays_latched_until_a_person_re_arms()
    {
        using (PacketPlant plant = Connect())
        {
            using var drive = new PacketDrive(plant);
            drive.Turn(0);
            drive.ListenUntilStopped();
            drive.SettledPosition();
        }

        using (PacketPlant again = ConnectWhenFree())
        {
            Assert.That(
                () => again.Start(new JointState(2)),
                Throws.TypeOf<DeviceException>().With.Message.Contains("AnswersLost"));
        }

        AwaitSeat(() => PacketRearm.Ask(_controller.Endpoint, 2, Digest));
        using PacketPlant rearmed = ConnectWhenFree();
        using var fresh = new PacketDrive(rearmed);
        fresh.Turn(0);
        Assert.That(fresh.LastWrite, Is.EqualTo(PlantStatus.Ok));
    }

    [Test]
    public void A_stop_that_was_asked_for_is_not_kept()
    {
        using (PacketPlant plant = Connect())
        {
            using var drive = new PacketDrive(plant);
            drive.Turn(0);
            Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Ok));
        }

        using PacketPlant again = ConnectWhenFree();
        Assert.That(() => again.Start(new JointState(2)), Throws.Nothing);
    }

    [Test]
    public void A_controller_that_is_gone_is_lost()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        drive.Turn(0);
        _controller.Dispose();

        TickStatus status;
        do
        {
            status = plant.WaitNext(out Tick _);
        }
        while (status == TickStatus.Due);

        Assert.That(status, Is.EqualTo(TickStatus.DeviceLost));
        Assert.That(plant.Stop(StopReason.Requested), Is.EqualTo(PlantStatus.Lost));
    }

    [Test]
    public void Garbage_and_a_stranger_change_nothing()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        drive.Turn(0);
        var port = new Uri(_controller.Endpoint).Port;
        using var stranger = new UdpClient("127.0.0.1", port);
        byte[] stop = new byte[SessionPacket.Bytes];
        new SessionPacket(PacketKind.Stop, 0, 2, 12345, 0).Encode(stop);
        var random = new Random(9);
        for (int i = 0; i < 120; i++)
        {
            byte[] garbage = new byte[random.Next(0, 1400)];
            random.NextBytes(garbage);
            stranger.Send(garbage);
            stranger.Send(stop);
            if (i % 3 == 0)
            {
                drive.Turn(0);
            }
        }

        drive.Turn(0);
        Assert.That(plant.Report.Mode, Is.EqualTo(ControllerMode.Moving));
    }

    [Test]
    public void A_turn_allocates_nothing()
    {
        using PacketPlant plant = Connect();
        using var drive = new PacketDrive(plant);
        for (int i = 0; i < 30; i++)
        {
            drive.QuietTurn();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 60; i++)
        {
            drive.QuietTurn();
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private PacketPlant Connect(ulong digest = Digest, int jointCount = 2) =>
        PacketPlant.Connect(new PacketPlantOptions
        {
            Endpoint = _controller.Endpoint,
            Description = new PlantDescription("test", [.. Enumerable.Range(0, jointCount)
                .Select(i => new JointDescription(
                    $"joint{i}", JointKind.Revolute, new JointLimits(-1, 1, 2, 10)))]),
            RigDigest = digest,
            LostTimeout = TimeSpan.FromSeconds(1),
        });

    private PacketPlant ConnectWhenFree()
    {
        PacketPlant? plant = null;
        AwaitSeat(() => plant = Connect());
        return plant!;
    }

    // The seat of a host that has left is free after a second of silence.
    private static void AwaitSeat(Action take)
    {
        while (true)
        {
            try
            {
                take();
                return;
            }
            catch (ProtocolException)
            {
                TestContext.CurrentContext.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }
}
