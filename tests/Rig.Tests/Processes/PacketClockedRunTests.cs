namespace HilRig.Rig.Tests.Processes;

/// <summary>A rig whose controller sets the pace, when its host dies in motion.</summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class PacketClockedRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    [Test]
    [CancelAfter(300_000)]
    public void A_killed_host_stops_the_arm_and_leaves_no_process(CancellationToken cancel)
    {
        string place = Directory.CreateTempSubdirectory("hilrig-run-").FullName;
        try
        {
            using HilrigRun run = HilrigRun.Start(
                "run",
                Repository.File("scenarios/arm7/packet-clocked-sweep.yaml"),
                "--out",
                place);
            int emulator = ChildProcesses.Await(run.Pid, "emulate", Patience);
            AwaitEvent(place, "\"MotionBegan\"", cancel);

            ChildProcesses.Signal(run.Pid, ChildProcesses.SigKill);

            AwaitEvent(place, "\"cause\":\"AnswersLost\"", cancel);
            AwaitEvent(place, "\"AtRest\"", cancel);
            ChildProcesses.AwaitEnd(emulator, Patience);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private static void AwaitEvent(string place, string text, CancellationToken cancel)
    {
        while (!Events(place).Contains(text, StringComparison.Ordinal))
        {
            cancel.ThrowIfCancellationRequested();
            cancel.WaitHandle.WaitOne(20);
        }
    }

    private static string Events(string place)
    {
        string[] files = Directory.GetFiles(
            place, "emulator-events.jsonl", SearchOption.AllDirectories);
        if (files.Length == 0)
        {
            return "";
        }

        using var file = new FileStream(
            files[0], FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        return new StreamReader(file).ReadToEnd();
    }
}
