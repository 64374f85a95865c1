using System.Diagnostics;
using System.Text.Json;

namespace HilRig.Rig.Tests.Processes;

/// <summary>
/// Faults of bus and servos, as `hilrig run` meets them: an emulator started by hand stands for the
/// real arm, and the rig file names its port.
/// </summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class BusFaultTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private string _folder = "";

    private static string Scenario => Repository.File("tests/Rig.Tests/Processes/hold.yaml");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig-bus-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    [CancelAfter(300_000)]
    public void A_servo_that_drops_out_stops_the_rig_and_is_named()
    {
        using HilrigRun emulator = Emulate("--fault", "off id=4 after=1");

        (int code, string reason) = Run(RigAt(PortOf(emulator)));

        Assert.That(code, Is.EqualTo(50), reason);
        Assert.That(reason, Does.Contain("ServoLost"));
        Assert.That(reason, Does.Contain("wrist_flex").And.Contain("servo 4"));
        Assert.That(reason, Does.Contain("Try:"));
        Assert.That(
            Find(_folder, "recording.mcap"), Has.Length.EqualTo(1), "what was recorded is kept");
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_latched_stop_is_refused_until_a_person_re_arms_the_rig()
    {
        using HilrigRun emulator = Emulate("--fault", "off id=4 after=1");
        string rig = RigAt(PortOf(emulator));
        Run(rig);

        (int code, string reason) = Run(rig);

        Assert.That(code, Is.EqualTo(50));
        Assert.That(reason, Does.Contain("until a person re-arms"));
        using HilrigRun rearm = HilrigRun.StartIn(_folder, "rearm", rig);
        Assert.That(rearm.AwaitExit(Patience), Is.Zero, rearm.Error);
        Assert.That(rearm.Output, Does.Contain("Cleared: ServoLost"));
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_missing_servo_is_named_with_those_that_answered()
    {
        string rig = RigAt("PORT");
        File.WriteAllText(
            rig,
            File.ReadAllText(rig).Replace("id: 6\n", "id: 9\n", StringComparison.Ordinal));
        using HilrigRun emulator = Emulate();
        Repoint(rig, PortOf(emulator));

        (int code, string reason) = Run(rig);

        Assert.That(code, Is.EqualTo(50));
        Assert.That(reason, Does.Contain("Expected").And.Contain("Found").And.Contain("Try"));
        Assert.That(reason, Does.Contain("9").And.Contain("gripper"));
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_wrong_baud_rate_is_found_out()
    {
        using HilrigRun emulator = HilrigRun.StartSerial(
            "emulate", Repository.File("rigs/so101-virtual.yaml"));
        string rig = RigAt(PortOf(emulator));
        File.WriteAllText(
            rig,
            File.ReadAllText(rig)
                .Replace("baud: 1000000", "baud: 500000", StringComparison.Ordinal));

        (int code, string reason) = Run(rig);

        Assert.That(code, Is.EqualTo(50));
        Assert.That(reason, Does.Contain("1000000"), "the rate that answers is named");
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_rig_in_use_is_refused_and_the_first_run_goes_on()
    {
        using HilrigRun emulator = Emulate();
        string rig = RigAt(PortOf(emulator));
        using HilrigRun first = HilrigRun.StartIn(
            _folder,
            "run", Scenario, "--rig", rig, "--out", Path.Combine(_folder, "first"), "--json");
        ChildProcesses.Await(first.Pid, "agent", Patience);

        (int code, string reason) = Run(rig);

        Assert.That(code, Is.EqualTo(50));
        Assert.That(reason, Does.Contain("in use"));
        Assert.That(first.AwaitExit(Patience), Is.Zero, first.Error + first.Output);
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_full_disk_stops_the_run_and_leaves_nothing_half_written_under_its_name()
    {
        string small = Directory.CreateDirectory(Path.Combine(_folder, "small")).FullName;
        using Process mount = Process.Start(
            "mount", ["-t", "tmpfs", "-o", "size=700k", "tmpfs", small]);
        mount.WaitForExit();
        if (mount.ExitCode != 0)
        {
            Requirement.Unmet("root", "A small disk can only be mounted by root.");
        }

        try
        {
            using HilrigRun run = HilrigRun.Start("run", Scenario, "--out", small, "--json");
            int code = run.AwaitExit(Patience);

            Assert.That(code, Is.EqualTo(50), run.Error);
            Assert.That(run.Output, Does.Contain("RigError"));
            Assert.That(Find(small, "recording.mcap"), Is.Empty);
        }
        finally
        {
            using Process unmount = Process.Start("umount", ["-l", small]);
            unmount.WaitForExit();
        }
    }

    private static string[] Find(string folder, string name) =>
        Directory.GetFiles(folder, name, SearchOption.AllDirectories);

    private static HilrigRun Emulate(params IEnumerable<string> arguments) =>
        HilrigRun.Start(["emulate", Repository.File("rigs/so101-virtual.yaml"), .. arguments]);

    private static string PortOf(HilrigRun emulator)
    {
        Assert.That(
            SpinWait.SpinUntil(
                () => emulator.Output.Contains('\n', StringComparison.Ordinal), Patience),
            Is.True,
            emulator.Error);
        using JsonDocument ready = JsonDocument.Parse(emulator.Output.Split('\n')[0]);
        return ready.RootElement.GetProperty("endpoint").GetString()!;
    }

    private string RigAt(string port)
    {
        string path = Path.Combine(_folder, "rig.yaml");
        File.WriteAllText(
            path,
            File.ReadAllText(Repository.File("rigs/so101-usb.yaml"))
                .Replace("../models/", Repository.File("models/"), StringComparison.Ordinal)
                .Replace("deadman: 100 ms", "deadman: 250 ms", StringComparison.Ordinal)
                .Replace("/dev/ttyACM0", port, StringComparison.Ordinal));
        return path;
    }

    private static void Repoint(string rig, string port) => File.WriteAllText(
        rig, File.ReadAllText(rig).Replace("PORT", port, StringComparison.Ordinal));

    private (int ExitCode, string Reason) Run(string rig)
    {
        using HilrigRun run = HilrigRun.StartIn(
            _folder, "run", Scenario, "--rig", rig, "--out", _folder, "--json");
        int code = run.AwaitExit(Patience);
        using JsonDocument json = JsonDocument.Parse(run.Output);
        return (code, json.RootElement.GetProperty("runs")[0].GetProperty("reason").GetString()!);
    }
}
