using System.Diagnostics;
using HilRig.Scenarios.Tests.Fakes;
using HilRig.Testing.Running;
using HilRig.Testing.Verdicts;

namespace HilRig.Scenarios.Tests.Running;

[Platform(Exclude = "Win", Reason = "the fake program is a shell script")]
public sealed class HilRigProgramTests
{
    /// <summary>Ends with 40 when interrupted; a child of its own lives on for a while.</summary>
    private const string Interruptible = """
        sleep 30 >/dev/null 2>&1 </dev/null &
        echo $! > "$(dirname "$0")/child"
        trap 'echo resting >&2; exit 40' TERM
        echo ready > "$(dirname "$0")/ready"
        while :; do sleep 0.05; done
        """;

    [Test]
    [CancelAfter(30000)]
    public async Task A_cancelled_program_is_interrupted_and_its_children_are_left_alone()
    {
        using FakeProgram program = FakeProgram.Of(Interruptible);
        using var cancellation = new CancellationTokenSource();
        Task<ProgramOutput> run = new HilRigProgram(program.Path, null)
            .RunAsync([], cancellation.Token);
        await AppearsAsync(Path.Combine(program.Folder, "ready"));
        await cancellation.CancelAsync();
        ProgramOutput output = await run;

        int child = int.Parse(await File.ReadAllTextAsync(Path.Combine(program.Folder, "child")));
        using var survivor = Process.GetProcessById(child);
        bool alive = !survivor.HasExited;
        survivor.Kill();
        Assert.That(output.Cancelled, Is.True);
        Assert.That(output.ExitCode, Is.EqualTo(40));
        Assert.That(output.StandardError, Does.Contain("resting"));
        Assert.That(alive, Is.True, "the guardian of a rig must outlive the program");
    }

    [Test]
    [CancelAfter(30000)]
    public async Task A_cancelled_run_fails_whatever_it_reports()
    {
        using FakeProgram program = FakeProgram.Of(Interruptible);
        using var cancellation = new CancellationTokenSource();
        Task<ProgramOutput> run = new HilRigProgram(program.Path, null)
            .RunAsync([], cancellation.Token);
        await AppearsAsync(Path.Combine(program.Folder, "ready"));
        await cancellation.CancelAsync();
        ProgramOutput output = await run;
        Judgement judgement = Judgement.Of(
            ProgramReport.Read(output), output, new(true, null), Requirements.Parse("", ""));
        Assert.That(judgement.Outcome, Is.EqualTo(Outcome.Fail));
        Assert.That(judgement.Message, Does.StartWith("Out of time"));
    }

    [Test]
    [CancelAfter(40000)]
    public async Task A_program_that_ignores_the_interrupt_is_killed()
    {
        using FakeProgram program = FakeProgram.Of(
            "trap '' TERM; echo ready > \"$(dirname \"$0\")/ready\"; while :; do sleep 0.05; done");
        using var cancellation = new CancellationTokenSource();
        var impatient = new HilRigProgram(program.Path, null)
        {
            RestTime = TimeSpan.FromMilliseconds(200),
        };
        Task<ProgramOutput> run = impatient.RunAsync([], cancellation.Token);
        await AppearsAsync(Path.Combine(program.Folder, "ready"));
        await cancellation.CancelAsync();
        ProgramOutput output = await run;
        Assert.That(output.ExitCode, Is.Null);
        Assert.That(output.Cancelled, Is.True);
    }

    [Test]
    [CancelAfter(20000)]
    public async Task Arguments_arrive_unchanged_and_both_streams_are_read_to_the_end()
    {
        using FakeProgram program = FakeProgram.Of(
            "printf '%s\\n' \"$@\"; "
            + "i=0; while [ $i -lt 3000 ]; do echo line $i >&2; i=$((i+1)); done");
        ProgramOutput output = await new HilRigProgram(program.Path, null).RunAsync(
            ["run", "a b.yaml", "--out", "$x"], TestContext.CurrentContext.CancellationToken);
        Assert.That(output.StandardOutput, Is.EqualTo("run\na b.yaml\n--out\n$x\n"));
        Assert.That(output.StandardError, Does.EndWith("line 2999\n"));
        Assert.That(output.ExitCode, Is.Zero);
    }

    private static async Task AppearsAsync(string path)
    {
        using var watcher = new FileSystemWatcher(Path.GetDirectoryName(path)!);
        var appeared = new TaskCompletionSource();
        watcher.Created += (_, _) => appeared.TrySetResult();
        watcher.EnableRaisingEvents = true;
        while (!File.Exists(path))
        {
            await appeared.Task.WaitAsync(TestContext.CurrentContext.CancellationToken);
            appeared = new TaskCompletionSource();
        }
    }
}
