using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Driving;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Core.Errors;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Tests.Isaac;

[CancelAfter(60_000)]
public sealed class GenerationOneTests
{
    private static readonly IsaacImageSize Small = new(8, 4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void A_frame_of_the_stand_in_reaches_the_driver_whole()
    {
        using IsaacDriver driver = Open(IsaacImageSize.Standard);
        using IsaacStandIn isaac = Connect(driver, IsaacImageSize.Standard);
        byte[] color = Pattern(IsaacImageSize.Standard, 3);
        byte[] depth = Pattern(IsaacImageSize.Standard, 5);
        var box = new IsaacBox(2, "class:arm", 1, 2, 3, 4, 0.5f);
        var camera = new IsaacCamera(
            [.. Enumerable.Range(0, 16).Select(i => (double)i)], [1, 1, 1], []);

        Assert.That(isaac.TrySend(new(1 / 60.0, 0, 7, 9), camera, [box], color, depth));
        Assert.That(driver.TryTakeFrame(Patience, out IsaacFrame? frame));
        Assert.Multiple(() =>
        {
            Assert.That(frame!.Clock!.Value.SimulatedSeconds, Is.EqualTo(7));
            Assert.That(frame.Camera!.ViewMatrix, Is.EqualTo(camera.ViewMatrix));
            Assert.That(frame.Camera.Intrinsics, Is.Empty);
            Assert.That(frame.Boxes, Is.EqualTo(new[] { box }));
            Assert.That(frame.Color.SequenceEqual(color));
            Assert.That(frame.Depth.SequenceEqual(depth));
            Assert.That(frame.MessageBytes, Is.GreaterThan(4_147_200));
        });
    }

    [Test]
    public void Commands_reach_the_stand_in_each_on_its_port(CancellationToken cancel)
    {
        using IsaacDriver driver = Open(Small);
        using IsaacStandIn isaac = Connect(driver, Small);
        driver.CameraCommand = new IsaacCameraCommand([0.1, 0.2, 0.3], 24);
        driver.EffectorCommand = new IsaacEffectorCommand([0.4, 0, 0.3]);
        driver.AdaptiveRate = true;
        IReadOnlyList<double>? velocity = null;
        IReadOnlyList<double>? goal = null;
        double? focalLength = null;
        bool? adaptive = null;
        Eventually.Holds(
            () =>
            {
                IsaacOrders orders = isaac.TakeOrders();
                velocity ??= orders.CameraVelocity;
                goal ??= orders.EffectorGoal;
                focalLength ??= orders.FocalLength;
                adaptive ??= orders.AdaptiveRate;
                return velocity is not null && goal is not null && isaac.CommandsTaken > 20;
            },
            cancel);
        Assert.Multiple(() =>
        {
            Assert.That(velocity, Is.EqualTo(new[] { 0.1, 0.2, 0.3 }));
            Assert.That(focalLength, Is.EqualTo(24));
            Assert.That(goal, Is.EqualTo(new[] { 0.4, 0, 0.3 }));
            Assert.That(adaptive, Is.Null, "Isaac's settings have no effect");
        });
    }

    [Test]
    public void A_fixed_stand_in_takes_the_setting(CancellationToken cancel)
    {
        using IsaacDriver driver = Open(Small);
        using IsaacStandIn isaac = Connect(driver, Small, fixSettings: true);
        driver.AdaptiveRate = true;
        Eventually.Holds(() => isaac.TakeOrders().AdaptiveRate == true, cancel);
    }

    [Test]
    public void The_camera_stands_still_after_the_driver_has_gone(CancellationToken cancel)
    {
        IReadOnlyList<double>? velocity = null;
        IsaacDriver driver = Open(Small);
        using IsaacStandIn isaac = Connect(driver, Small);
        driver.CameraCommand = new IsaacCameraCommand([1, 0, 0], 24);
        Eventually.Holds(() => isaac.TakeOrders().CameraVelocity is not null, cancel);
        using Task ending = Task.Run(driver.Dispose, cancel);
        Eventually.Holds(
            () =>
            {
                velocity = isaac.TakeOrders().CameraVelocity ?? velocity;
                return velocity is [0, 0, 0];
            },
            cancel);
        ending.Wait(cancel);
    }

    [Test]
    public void The_stand_in_falls_into_each_of_Isaacs_traps(CancellationToken cancel)
    {
        using var camera = new PushSocket();
        using var effector = new PushSocket();
        using var unused = new PullSocket();
        using var settings = new PushSocket();
        IsaacPorts ports = new()
        {
            Control = Bind(camera),
            Effector = Bind(effector),
            Stream = Bind(unused),
            Settings = Bind(settings),
        };
        using var isaac = new IsaacStandIn(
            new IsaacStandInOptions { Ports = ports, ImageSize = Small });

        camera.SendFrame(GenerationOneGolden.CameraCommandWithoutFocalLength);
        IsaacOrders orders = Next(isaac, found => found.FocalLength is not null, cancel);
        Assert.That(orders.FocalLength, Is.Zero, "no focal length sets it to 0");

        camera.SendFrame(GenerationOneGolden.SettingsOn);
        orders = Next(isaac, found => found.CameraVelocity is not null, cancel);
        Assert.That(orders.CameraVelocity, Is.EqualTo(new double[3]), "another type stops it");

        effector.SendFrame(GenerationOneGolden.CameraCommand);
        orders = Next(isaac, found => found.EffectorGoal is not null, cancel);
        Assert.That(orders.EffectorGoal, Is.EqualTo(new double[3]), "another type drives to 0");

        camera.SendFrame([0xFF, 0xFF]);
        Eventually.Holds(
            () =>
            {
                isaac.TakeOrders();
                return isaac.IsCameraTaskDead;
            },
            cancel);
        long taken = isaac.CommandsTaken;
        camera.SendFrame(GenerationOneGolden.CameraCommand);
        effector.SendFrame(GenerationOneGolden.EffectorCommand);
        orders = Next(isaac, found => found.EffectorGoal is not null, cancel);
        Assert.That(orders.CameraVelocity, Is.Null, "a dead task takes nothing");
        Assert.That(isaac.CommandsTaken, Is.EqualTo(taken + 1));
    }

    [Test]
    public void What_is_no_frame_is_counted_and_dropped(CancellationToken cancel)
    {
        using IsaacDriver driver = Open(new IsaacImageSize(2, 1));
        using var peer = new PushSocket();
        peer.Connect($"tcp://127.0.0.1:{driver.Ports.Stream}");
        peer.SendFrame(GenerationOneGolden.SettingsOn);
        peer.SendFrame(new byte[] { 0x22, 0x7F, 0 });
        peer.SendFrame(new byte[] { 0x22, 0x04, 1, 2, 3, 4 });
        peer.SendMoreFrame("image").SendFrame(GenerationOneGolden.Frame);
        peer.SendFrame(Array.Empty<byte>());
        peer.SendFrame(GenerationOneGolden.Frame);
        Eventually.Holds(() => driver.Counters.Frames == 1, cancel);
        IsaacDriverCounters counters = driver.Counters;
        Assert.Multiple(() =>
        {
            Assert.That(counters.Malformed, Is.EqualTo(2), "a setting, half a frame");
            Assert.That(counters.WrongSize, Is.EqualTo(1));
            Assert.That(counters.Foreign, Is.EqualTo(2), "two-frame message, empty");
        });
    }

    [Test]
    public void A_frame_without_some_of_its_parts_is_taken()
    {
        using IsaacDriver driver = Open(Small);
        using var peer = new PushSocket();
        peer.Connect($"tcp://127.0.0.1:{driver.Ports.Stream}");
        peer.SendFrame(GenerationOneGolden.Hex("12 09 19 00 00 00 00 00 00 F8 3F"));
        Assert.That(driver.TryTakeFrame(Patience, out IsaacFrame? frame));
        Assert.That(frame!.Clock!.Value.SimulatedSeconds, Is.EqualTo(1.5));
        Assert.That(frame.Camera, Is.Null);
        Assert.That(frame.Color.IsEmpty && frame.Depth.IsEmpty);
    }

    [Test]
    public void Isaac_comes_back_after_a_reset(CancellationToken cancel)
    {
        using IsaacDriver driver = Open(Small);
        using IsaacStandIn isaac = Connect(driver, Small);
        SendUntilTaken(isaac, driver, 5, cancel);
        isaac.Reset();
        Assert.That(Send(isaac, 0), Is.False, "its sockets are down");
        SendUntilTaken(isaac, driver, 0, cancel);
        Assert.That(driver.Counters.Restarts, Is.EqualTo(1));
        driver.CameraCommand = new IsaacCameraCommand([1, 0, 0], 24);
        Eventually.Holds(() => isaac.TakeOrders().CameraVelocity is not null, cancel);
    }

    [Test]
    public void Frames_of_four_megabytes_leave_no_garbage_behind(CancellationToken cancel)
    {
        const int warmUp = 20;
        const int frames = 100;
        using IsaacDriver driver = Open(IsaacImageSize.Standard);
        using IsaacStandIn isaac = Connect(driver, IsaacImageSize.Standard);
        var plane = new byte[IsaacImageSize.Standard.PlaneBytes];
        long allocated = 0;
        int collections = 0;
        for (int i = 0; i < warmUp + frames; i++)
        {
            if (i == warmUp)
            {
                allocated = GC.GetTotalAllocatedBytes();
                collections = GC.CollectionCount(2);
            }

            Eventually.Holds(
                () => isaac.TrySend(new(0, 0, i, 0), IsaacCamera.Unknown, [], plane, plane),
                cancel);
            Assert.That(driver.TryTakeFrame(Patience, out _));
        }

        // Each frame is 4.1 MB; what is left is NetMQ's and the small parts'.
        allocated = (GC.GetTotalAllocatedBytes() - allocated) / frames;
        TestContext.Out.WriteLine($"{allocated} bytes a frame, both ends");
        Assert.That(allocated, Is.LessThan(200_000));
        Assert.That(GC.CollectionCount(2), Is.EqualTo(collections));
    }

    [Test]
    public void A_taken_port_is_named()
    {
        using IsaacDriver first = Open(Small);
        DeviceException? error = Assert.Throws<DeviceException>(
            () => IsaacDriver.Open(new IsaacDriverOptions { Ports = first.Ports }).Dispose());
        Assert.That(error!.Message, Does.Contain($"{first.Ports.Stream}"));
    }

    [Test]
    public void Two_streams_on_one_port_are_refused() =>
        Assert.Throws<ScenarioException>(() => new IsaacPorts { Settings = 5561 }.Validate());

    [Test]
    public void An_image_of_another_size_is_not_sent()
    {
        using IsaacDriver driver = Open(Small);
        using IsaacStandIn isaac = Connect(driver, Small);
        Assert.Throws<ArgumentException>(
            () => isaac.TrySend(default, IsaacCamera.Unknown, [], new byte[4], new byte[4]));
    }

    private static IsaacDriver Open(IsaacImageSize size) => IsaacDriver.Open(
        new IsaacDriverOptions
        {
            Ports = new IsaacPorts { Stream = 0, Control = 0, Settings = 0, Effector = 0 },
            ImageSize = size,
            CommandRateHertz = 200,
        });

    private static IsaacStandIn Connect(
        IsaacDriver driver, IsaacImageSize size, bool fixSettings = false) => new(
        new IsaacStandInOptions
        {
            Ports = driver.Ports,
            ImageSize = size,
            FixSettings = fixSettings,
        });

    private static int Bind(NetMQSocket socket) => socket.BindRandomPort("tcp://127.0.0.1");

    private static IsaacOrders Next(
        IsaacStandIn isaac, Func<IsaacOrders, bool> isWanted, CancellationToken cancel)
    {
        IsaacOrders orders = default;
        Eventually.Holds(() => isWanted(orders = isaac.TakeOrders()), cancel);
        return orders;
    }

    private static bool Send(IsaacStandIn isaac, double simulatedSeconds) => isaac.TrySend(
        new IsaacClock(0, 0, simulatedSeconds, 0),
        IsaacCamera.Unknown,
        [],
        new byte[Small.PlaneBytes],
        new byte[Small.PlaneBytes]);

    private static void SendUntilTaken(
        IsaacStandIn isaac, IsaacDriver driver, double seconds, CancellationToken cancel) =>
        Eventually.Holds(
            () => (Send(isaac, seconds) || isaac.FramesSent > 0)
                && driver.TryTakeFrame(TimeSpan.FromMilliseconds(20), out IsaacFrame? frame)
                && frame.Clock!.Value.SimulatedSeconds == seconds,
            cancel);

    private static byte[] Pattern(IsaacImageSize size, int factor)
    {
        var bytes = new byte[size.PlaneBytes];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(i * factor);
        }

        return bytes;
    }
}
