using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Devices.Virtual;
using HilRig.Devices.Virtual.Logs;
using HilRig.Devices.Virtual.Scenes;
using HilRig.Devices.Virtual.Server;
using HilRig.Rig.Files;
using HilRig.Rig.Scenes;
using HilRig.Rig.Virtual;

namespace HilRig.Rig.Tests.Virtual;

public sealed class SceneRigTests
{
    private string _folder = "";

    [SetUp]
    public void CopyRig()
    {
        _folder = Directory.CreateTempSubdirectory("hilrig-scene").FullName;
        foreach (string file in new[] { "pusher.xml", "pusher.yaml" })
        {
            string text = File.ReadAllText(
                Repository.File(Path.Combine("tests", "Rig.Tests", "Virtual", file)));
            File.WriteAllText(
                Path.Combine(_folder, file),
                text.Replace("SERVOS", Repository.File("rigs/servos/sts3215-12v.yaml")));
        }
    }

    [TearDown]
    public void RemoveRig() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(60_000)]
    public void Hands_place_objects_the_sensor_sees_them_and_a_log_replays_them()
    {
        RigDescription rig = Load();
        VirtualArm arm = VirtualRig.Build(rig);
        string log = Path.Combine(_folder, "arm.log");
        ulong recorded;
        using (VirtualBusServer server = Serve(arm, log))
        {
            RigDescription opened = WithPort(rig, server.PortName);
            using VirtualScene scene = VirtualScene.Open(opened);
            double[] seen = [0];
            Assert.That(ReadNow(scene, seen, out long first), Is.EqualTo(SceneStatus.Ok));
            Assert.That(seen[0], Is.EqualTo(0.01).Within(1e-9), "where the rig file puts it");
            scene.Place([0.025]);
            Assert.That(ReadNow(scene, seen, out long second), Is.EqualTo(SceneStatus.Ok));
            Assert.That(seen[0], Is.EqualTo(0.025).Within(1e-9));
            Assert.That(second, Is.GreaterThan(first));
            server.Stop();
            recorded = arm.StateHash();
        }

        VirtualArmReplayResult replay = VirtualArmReplay.Run(log, VirtualRig.Build(Load()));
        Assert.That(replay.StateHash, Is.EqualTo(recorded));
        Assert.That(replay.IsIdentical, Is.True);
    }

    [Test]
    public void A_placement_moves_the_objects_and_never_the_robot()
    {
        VirtualArm arm = VirtualRig.Build(Load());
        arm.StepTo(10_000_000);
        double before = arm.JointPosition[0];
        arm.Place([0.04]);
        Assert.That(arm.ObjectPosition[0], Is.EqualTo(0.04));
        Assert.That(arm.JointPosition[0], Is.EqualTo(before));
    }

    [Test]
    public void An_object_put_into_the_robot_is_pushed_out_by_contact()
    {
        VirtualArm arm = VirtualRig.Build(Load());

        // The hand's sphere and the block touch at −0.02; this is 1 mm deeper.
        arm.Place([-0.021]);
        arm.StepTo(1_000_000_000);
        Assert.That(arm.ObjectPosition[0] - arm.JointPosition[0], Is.GreaterThan(-0.0203));
    }

    [Test]
    public void Other_objects_or_places_make_another_arm()
    {
        ulong first = VirtualRig.Build(Load()).Options.Hash();
        string path = Path.Combine(_folder, "pusher.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("10 mm }", "11 mm }"));
        Assert.That(VirtualRig.Build(Load()).Options.Hash(), Is.Not.EqualTo(first));
    }

    [Test]
    public void A_scene_with_a_joint_that_the_model_lacks_is_refused_by_name()
    {
        string path = Path.Combine(_folder, "pusher.yaml");
        File.WriteAllText(path, File.ReadAllText(path).Replace("block_x", "block_y"));
        ModelException error = Assert.Throws<ModelException>(() => VirtualRig.Build(Load()));
        Assert.That(error.Message, Does.Contain("block_y"));
    }

    [Test]
    public void A_rig_without_a_scene_has_none_to_open() => Assert.That(
        () => VirtualScene.Open(RigFile.Load(Repository.File("rigs/so101-virtual.yaml"))),
        Throws.TypeOf<ScenarioException>().With.Message.Contains("virtual.scene"));

    [Test]
    [CancelAfter(60_000)]
    public void The_end_of_the_emulator_is_seen()
    {
        RigDescription rig = Load();
        VirtualArm arm = VirtualRig.Build(rig);
        VirtualBusServer server = Serve(arm, log: null);
        using VirtualScene scene = VirtualScene.Open(WithPort(rig, server.PortName));
        double[] seen = [0];
        ReadNow(scene, seen, out _);
        server.Dispose();
        Assert.That(scene.TryRead(seen, out long at), Is.EqualTo(SceneStatus.Lost));
        Assert.That(at, Is.Zero);
        Assert.Throws<DeviceException>(() => scene.Place([0]));
    }

    private static VirtualBusServer Serve(VirtualArm arm, string? log)
    {
        VirtualBusServer server = VirtualBusServer.Start(
            new VirtualBusOptions { Port = VirtualBusPort.Tcp, ArmLogPath = log }, arm);
        server.Offer(ScenePage.Create(ScenePage.PathOf(server.PortName), arm.ObjectCount));
        return server;
    }

    private static RigDescription WithPort(RigDescription rig, string port) =>
        rig with { Buses = [rig.Buses[0] with { Port = port }] };

    private static SceneStatus ReadNow(VirtualScene scene, double[] seen, out long at)
    {
        IRigClock clock = RigClock.Create();
        SceneStatus status = scene.TryRead(seen, out at);
        while (status == SceneStatus.NoneYet)
        {
            clock.SleepUntil(clock.NowNanoseconds + 1_000_000);
            status = scene.TryRead(seen, out at);
        }

        return status;
    }

    private RigDescription Load() => RigFile.Load(Path.Combine(_folder, "pusher.yaml"));
}
