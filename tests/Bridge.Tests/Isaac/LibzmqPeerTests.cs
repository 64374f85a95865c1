using System.Diagnostics;
using System.Globalization;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Driving;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.StandIn;

namespace HilRig.Bridge.Tests.Isaac;

/// <summary>
/// Debian's libzmq and protobuf on the other end: python3-zmq, python3-protobuf and protoc.
/// </summary>
[CancelAfter(60_000)]
public sealed class LibzmqPeerTests
{
    private const string Python = "/usr/bin/python3";
    private static readonly IsaacImageSize Size = new(16, 8);
    private string _generated = "";

    [OneTimeSetUp]
    public void Compile()
    {
        string protos = Path.Combine(FindRoot(), "src", "Bridge", "Protos", "isaac");
        _generated = Directory.CreateTempSubdirectory("hilrig-isaac-").FullName;
        if (!Works(Python, "-c", "import zmq, google.protobuf")
            || !Works("protoc", "-I", protos, "--python_out=" + _generated,
                Path.Combine(protos, "generation_one.proto")))
        {
            Requirement.Unmet("python", "python3-zmq, python3-protobuf and protoc are needed");
        }
    }

    [OneTimeTearDown]
    public void Clean() => Directory.Delete(_generated, recursive: true);

    [Test]
    public void A_server_on_libzmq_reads_the_stand_in_and_commands_it(CancellationToken cancel)
    {
        using Process peer = Start("server");
        int[] ports = Numbers(peer.StandardOutput.ReadLine(), "ports");
        using var isaac = new IsaacStandIn(new IsaacStandInOptions
        {
            ImageSize = Size,
            Ports = new IsaacPorts
            {
                Stream = ports[0],
                Control = ports[1],
                Settings = ports[2],
                Effector = ports[3],
            },
            FixSettings = true,
        });
        byte[] color = [.. Enumerable.Range(0, Size.PlaneBytes).Select(i => (byte)i)];
        byte[] depth = new byte[Size.PlaneBytes];
        BitConverter.TryWriteBytes(depth.AsSpan(4), 2.5f);
        var camera = new IsaacCamera(new double[16], [1, 1, 1], new double[9]);
        Eventually.Holds(
            () => isaac.TrySend(
                new IsaacClock(0, 0, 4.5, 0),
                camera,
                [new IsaacBox(3, "class:jaw", 1, 2, 3, 4, 0)],
                color,
                depth),
            cancel);
        IsaacOrders all = default;
        Eventually.Holds(
            () =>
            {
                IsaacOrders orders = isaac.TakeOrders();
                all = new IsaacOrders(
                    orders.CameraVelocity ?? all.CameraVelocity,
                    orders.FocalLength ?? all.FocalLength,
                    orders.EffectorGoal ?? all.EffectorGoal,
                    orders.AdaptiveRate ?? all.AdaptiveRate);
                return all.FocalLength is not null && all.EffectorGoal is not null
                    && all.AdaptiveRate is not null;
            },
            cancel);
        Assert.Multiple(() =>
        {
            Assert.That(all.CameraVelocity, Is.EqualTo(new[] { 0.25, 0, 0 }));
            Assert.That(all.FocalLength, Is.EqualTo(30));
            Assert.That(all.EffectorGoal, Is.EqualTo(new[] { 0, 0.5, 0 }));
            Assert.That(all.AdaptiveRate, Is.True);
        });
        Assert.That(Rest(peer), Is.EqualTo(new[] { "time 4.5 5 2.5", "done" }));
    }

    [Test]
    public void An_Isaac_on_libzmq_is_read_and_takes_commands(CancellationToken cancel)
    {
        using IsaacDriver driver = IsaacDriver.Open(new IsaacDriverOptions
        {
            ImageSize = Size,
            Ports = new IsaacPorts { Stream = 0, Control = 0, Settings = 0, Effector = 0 },
        });
        driver.CameraCommand = new IsaacCameraCommand([0, 0, 0.75], 35);
        driver.EffectorCommand = new IsaacEffectorCommand([0.4, 0, 0.3], showMarker: true);
        driver.AdaptiveRate = true;
        IsaacPorts ports = driver.Ports;
        using Process peer = Start(
            "isaac", ports.Stream, ports.Control, ports.Settings, ports.Effector);
        Assert.That(driver.TryTakeFrame(TimeSpan.FromSeconds(30), out IsaacFrame? frame));
        Assert.Multiple(() =>
        {
            Assert.That(frame!.Clock!.Value.SimulatedSeconds, Is.EqualTo(2.5));
            Assert.That(
                frame.Boxes,
                Is.EqualTo(new[] { new IsaacBox(3, "class:jaw", -1, 0, 9, 0, 0.5f) }));
            Assert.That(frame.Camera!.ViewMatrix[15], Is.EqualTo(15));
            Assert.That(frame.Color[300], Is.EqualTo(300 % 256));
            Assert.That(BitConverter.ToSingle(frame.Depth[8..]), Is.EqualTo(1.5));
        });
        Assert.That(Rest(peer), Is.EqualTo(
            new[] { "camera 0.75 35.0", "settings True", "franka 0.4 True", "done" }));
    }

    private Process Start(string role, params int[] ports)
    {
        string script = Path.Combine(
            FindRoot(), "tests", "Bridge.Tests", "Isaac", "Peer", "isaac_peer.py");
        string[] numbers =
        [
            .. ports.Select(port => port.ToString(CultureInfo.InvariantCulture)),
        ];
        return Process.Start(new ProcessStartInfo(Python, [script, role, _generated, .. numbers])
        {
            RedirectStandardOutput = true,
        })!;
    }

    private static string[] Rest(Process peer)
    {
        string text = peer.StandardOutput.ReadToEnd();
        peer.WaitForExit(10_000);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static int[] Numbers(string? line, string head)
    {
        string[] words = (line ?? "").Split(' ');
        Assert.That(words[0], Is.EqualTo(head));
        return [.. words[1..].Select(word => int.Parse(word, CultureInfo.InvariantCulture))];
    }

    private static bool Works(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments))!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HilRig.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("no HilRig.sln above the tests");
    }
}
