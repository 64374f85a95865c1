using System.Collections.Concurrent;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Rig.Processes;

namespace HilRig.Rig.Faults;

/// <summary>
/// `hilrig inflict`, started by `hilrig run`: kills and halts processes at their instants. It is a
/// process of its own, so that it can halt its parent and wake it again. It ends with its parent,
/// after what is still due; what it has halted goes on then at the latest.
/// </summary>
public static class InflictProcess
{
    internal const string Role = "inflict";
    private const int HarmsMax = 64;
    private const long LookNanoseconds = 1_000_000;

    /// <summary>Runs to the end of the parent.</summary>
    /// <param name="stop">Ends it at once.</param>
    /// <returns>Exit code.</returns>
    public static int Run(CancellationToken stop)
    {
        var lines = new BlockingCollection<string>(HarmsMax);
        return ChildMain.Run(
            Role,
            isSupervised: true,
            (ready, parentEnded) =>
            {
                ready(new ReadyLine { Role = Role, Pid = Environment.ProcessId });
                Work(lines, parentEnded, stop);
                return 0;
            },
            lines.Add);
    }

    private static void Work(
        BlockingCollection<string> lines, CancellationToken parentEnded, CancellationToken stop)
    {
        IRigClock clock = RigClock.Create();
        var due = new List<ProcessHarm>();
        var halted = new List<ProcessHarm>();
        while (!stop.IsCancellationRequested)
        {
            bool isOver = parentEnded.IsCancellationRequested;
            while (lines.TryTake(out string? line))
            {
                if (ProcessHarm.Decode(line) is { } harm)
                {
                    due.Add(harm);
                }
            }

            // The clock counts from the first look after the lines: nothing is due before it.
            long now = clock.NowNanoseconds;
            foreach (ProcessHarm harm in due.Where(one => one.DueNanoseconds <= now).ToArray())
            {
                due.Remove(harm);
                Inflict(harm, clock, halted);
            }

            bool isLast = isOver && due.Count == 0;
            foreach (ProcessHarm harm in halted.Where(one => IsToWake(one, now, isLast)).ToArray())
            {
                halted.Remove(harm);
                PosixSignal.TrySend(harm.ProcessId, harm.StartTicks, PosixSignal.Continue);
                Say(harm, FaultNotice.Ended, clock);
            }

            if (isLast && halted.Count == 0)
            {
                return;
            }

            clock.SleepUntil(now + LookNanoseconds);
        }
    }

    private static void Inflict(ProcessHarm harm, IRigClock clock, List<ProcessHarm> halted)
    {
        int signal = harm.IsFatal ? PosixSignal.Kill : PosixSignal.Stop;
        long at = clock.NowNanoseconds;
        if (!PosixSignal.TrySend(harm.ProcessId, harm.StartTicks, signal))
        {
            Say(harm, FaultNotice.Failed, clock);
            return;
        }

        Console.Out.WriteLine(new FaultNotice(harm.Number, FaultNotice.Began, at).Encode());
        Console.Out.Flush();
        if (!harm.IsFatal)
        {
            halted.Add(harm);
        }
    }

    private static bool IsToWake(ProcessHarm harm, long now, bool isLast) =>
        harm.LengthNanoseconds > 0
            ? now >= harm.DueNanoseconds + harm.LengthNanoseconds
            : isLast;

    private static void Say(ProcessHarm harm, string word, IRigClock clock)
    {
        Console.Out.WriteLine(new FaultNotice(harm.Number, word, clock.NowNanoseconds).Encode());
        Console.Out.Flush();
    }
}
