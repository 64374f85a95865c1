using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using HilRig.Bridge.Host;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;

namespace HilRig.Cli.Bench;

/// <summary>
/// `hilrig bench soak`: observers come and go on both lanes for minutes, others are killed in
/// between; prints what the processes hold.
/// </summary>
internal static class SoakBench
{
    private const int KillEvery = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The command.</summary>
    public static Command Create()
    {
        var minutes = new Option<int>("--minutes")
        {
            Description = "How long, min.",
            DefaultValueFactory = _ => 30,
        };
        var reconnects = new Option<int>("--reconnects")
        {
            Description = "How many on both lanes together, spread over the time.",
            DefaultValueFactory = _ => 10_000,
        };
        var command = new Command(
            "soak", "Reconnects and killed clients; memory, threads, handles.")
        {
            minutes, reconnects,
        };
        command.SetAction(parsed =>
            Run(parsed.GetValue(minutes), Math.Max(1, parsed.GetValue(reconnects))));
        return command;
    }

    private static void Run(int minutes, int reconnects)
    {
        using BenchPeer agent = BenchPeer.StartSelf("bench", "bridge", "--echo", "--priority", "0");
        using BenchPeer remote = BenchPeer.StartSelf(
            "bench", "bridge", "--remote", agent.FirstLine, "--priority", "0");
        string[] lanes = [agent.FirstLine, remote.FirstLine];
        var watch = Stopwatch.StartNew();
        double totalSeconds = minutes * 60.0;
        double printed = double.NegativeInfinity;
        int failed = 0;
        var clock = RigClock.Create();
        for (int i = 0; i < reconnects; i++)
        {
            double due = totalSeconds * i / reconnects;
            double ahead = due - watch.Elapsed.TotalSeconds;
            if (ahead > 0)
            {
                clock.SleepUntil(clock.NowNanoseconds + (long)(ahead * 1e9));
            }

            failed += TryCome(lanes[i % 2], isKilled: i % KillEvery == KillEvery - 1) ? 0 : 1;
            if (watch.Elapsed.TotalSeconds - printed >= 60)
            {
                printed = watch.Elapsed.TotalSeconds;
                Print(watch, i + 1, failed, agent, remote);
            }
        }

        Print(watch, reconnects, failed, agent, remote);
    }

    // A client that is killed is a process of its own.
    private static bool TryCome(string address, bool isKilled)
    {
        if (isKilled)
        {
            using BenchPeer client = BenchPeer.StartSelf(
                "bench", "bridge", "--watch", address, "--priority", "0");
            ProcessSignal.Send(client.Pid, ProcessSignal.Kill);
            return true;
        }

        using AgentObserver observer = AgentObserver.Connect(address, Patience, Patience);
        return observer.TryRead(new JointState(observer.JointNames.Count)) != PlantStatus.Lost;
    }

    private static void Print(
        Stopwatch watch, int count, int failed, BenchPeer agent, BenchPeer remote) =>
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{watch.Elapsed.TotalMinutes,6:0.0} min {count,6} reconnects {failed} failed; "
                + $"agent {Held(agent.Pid)}; bridge {Held(remote.Pid)}; "
                + $"host {Held(Environment.ProcessId)}"));

    private static string Held(int processId)
    {
        using var process = Process.GetProcessById(processId);
        int files = Directory.GetFiles($"/proc/{processId}/fd").Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{process.WorkingSet64 / 1048576.0:0.0} MiB {process.Threads.Count} threads "
                + $"{files} handles");
    }
}
