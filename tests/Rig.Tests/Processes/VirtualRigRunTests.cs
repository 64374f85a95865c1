using System.Text.Json;
using HilRig.Recording.Mcap;

namespace HilRig.Rig.Tests.Processes;

/// <summary>
/// `hilrig run` on the virtual rig with all its processes, and what is left when one dies.
/// </summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class VirtualRigRunTests
{
    private static readonly string[] Roles = ["emulate", "guardian", "agent"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private string _out = "";

    private static string Scenario => Repository.File("tests/Rig.Tests/Processes/hold.yaml");

    [SetUp]
    public void MakeOutFolder() => _out = Directory.CreateTempSubdirectory("hilrig-run-").FullName;

    [TearDown]
    public void RemoveOutFolder() => Directory.Delete(_out, recursive: true);

    [Test]
    [CancelAfter(300_000)]
    public void A_run_leaves_a_verdict_a_recording_and_a_report_and_no_process()
    {
        string brief = Repository.File("tests/Rig.Tests/Processes/brief.yaml");
        using HilrigRun run = HilrigRun.Start("run", brief, "--out", _out, "--json");
        int[] children = [.. Roles.Select(role => ChildProcesses.Await(run.Pid, role, Patience))];

        int code = run.AwaitExit(Patience);

        using JsonDocument json = JsonDocument.Parse(run.Output);
        JsonElement only = json.RootElement.GetProperty("runs")[0];
        Assert.Multiple(() =>
        {
            Assert.That(code, Is.Zero, run.Error);
            Assert.That(json.RootElement.GetProperty("verdict").GetString(), Is.EqualTo("Pass"));
            Assert.That(File.Exists(only.GetProperty("recording").GetString()), Is.True);
            Assert.That(File.Exists(only.GetProperty("report").GetString()), Is.True);
            Assert.That(children.Where(ChildProcesses.IsAlive), Is.Empty);
        });
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_killed_agent_is_a_rig_error_and_the_guardian_takes_over()
    {
        using HilrigRun run = HilrigRun.Start("run", Scenario, "--out", _out, "--json");
        int agent = ChildProcesses.Await(run.Pid, "agent", Patience);
        AwaitRecording();

        ChildProcesses.Signal(agent, ChildProcesses.SigKill);

        Assert.That(run.AwaitExit(Patience), Is.EqualTo(50), run.Error);
        using JsonDocument latch = JsonDocument.Parse(File.ReadAllText(Only("*.latch.json")));
        Assert.Multiple(() =>
        {
            Assert.That(latch.RootElement.GetProperty("Acknowledged").GetBoolean(), Is.True);
            Assert.That(File.ReadAllText(Only("*.guardian.jsonl")), Does.Contain("TookOver"));
            Assert.That(File.ReadAllText(Only("run.json")), Does.Contain("RigError"));
            Assert.That(CountTicks(), Is.GreaterThan(10));
        });
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_killed_host_leaves_the_rig_safe_and_no_process_behind()
    {
        using HilrigRun run = HilrigRun.Start("run", Scenario, "--out", _out, "--json");
        int[] children = [.. Roles.Select(role => ChildProcesses.Await(run.Pid, role, Patience))];
        AwaitRecording();

        ChildProcesses.Signal(run.Pid, ChildProcesses.SigKill);

        foreach (int child in children)
        {
            ChildProcesses.AwaitEnd(child, Patience);
        }

        using JsonDocument latch = JsonDocument.Parse(File.ReadAllText(Only("*.latch.json")));
        Assert.That(latch.RootElement.GetProperty("Acknowledged").GetBoolean(), Is.True);
        Assert.That(latch.RootElement.GetProperty("Reason").GetString(), Is.EqualTo("HostDied"));
    }

    [Test]
    [CancelAfter(300_000)]
    public void A_killed_guardian_ends_the_run()
    {
        using HilrigRun run = HilrigRun.Start("run", Scenario, "--out", _out, "--json");
        int guardian = ChildProcesses.Await(run.Pid, "guardian", Patience);
        AwaitRecording();

        ChildProcesses.Signal(guardian, ChildProcesses.SigKill);

        Assert.That(run.AwaitExit(Patience), Is.EqualTo(50), run.Error);
        Assert.That(run.Output, Does.Contain("guardian process ended"));
    }

    [TestCase(ChildProcesses.SigInt)]
    [TestCase(ChildProcesses.SigTerm)]
    [CancelAfter(300_000)]
    public void A_signal_aborts_in_order(int signal)
    {
        if (signal == ChildProcesses.SigInt && ChildProcesses.IgnoreInterrupts())
        {
            Requirement.Unmet(
                "interrupts", "A background job of a shell: Ctrl-C does not reach these tests.");
        }

        using HilrigRun run = HilrigRun.Start("run", Scenario, "--out", _out, "--json");
        int[] children = [.. Roles.Select(role => ChildProcesses.Await(run.Pid, role, Patience))];
        AwaitRecording();

        ChildProcesses.Signal(run.Pid, signal);

        Assert.Multiple(() =>
        {
            Assert.That(run.AwaitExit(Patience), Is.EqualTo(40), run.Error);
            Assert.That(children.Where(ChildProcesses.IsAlive), Is.Empty);
            Assert.That(CountTicks(), Is.GreaterThan(10));
        });
    }

    private string Only(string pattern) =>
        Directory.GetFiles(_out, pattern, SearchOption.AllDirectories).Single();

    /// <summary>Waits until the run moves the arm: its recording has reached the disk.</summary>
    private void AwaitRecording() => Assert.That(
        SpinWait.SpinUntil(
            () => Directory.GetFiles(_out, "recording.mcap.partial", SearchOption.AllDirectories)
                .Any(file => new FileInfo(file).Length > 100_000),
            Patience),
        Is.True,
        "the run never began to record");

    private int CountTicks()
    {
        string file = Directory
            .GetFiles(_out, "recording.mcap*", SearchOption.AllDirectories)
            .Single();
        Assert.That(file, Does.EndWith(".mcap"), "a finished recording bears its name");
        using McapReader reader = McapReader.Open(file);
        return reader.ReadMessages("/hilrig/tick").Count();
    }
}
