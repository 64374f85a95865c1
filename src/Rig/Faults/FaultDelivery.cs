using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Core.Time;
using HilRig.Harness.Faults;
using HilRig.Rig.Processes;

namespace HilRig.Rig.Faults;

/// <summary>
/// Brings about the faults that other processes have to bring about: waits until the measured phase
/// has begun, then tells emulator and `hilrig inflict` the instants, and takes their stamps.
/// </summary>
internal sealed class FaultDelivery : IDisposable
{
    private const long LookNanoseconds = 1_000_000;
    private readonly FaultSchedule _schedule;
    private readonly RigDescription _rig;
    private readonly ChildProcess? _emulator;
    private readonly ChildProcess? _inflictor;
    private readonly IReadOnlyDictionary<string, int> _processIds;
    private readonly Thread _thread;
    private volatile bool _isOver;

    private FaultDelivery(
        FaultSchedule schedule,
        RigDescription rig,
        ChildProcess? emulator,
        ChildProcess? inflictor,
        IReadOnlyDictionary<string, int> processIds)
    {
        _schedule = schedule;
        _rig = rig;
        _emulator = emulator;
        _inflictor = inflictor;
        _processIds = processIds;
        emulator?.Listen(Take);
        inflictor?.Listen(Take);
        _thread = new Thread(Run) { IsBackground = true, Name = "fault delivery" };
    }

    /// <summary>Whether a schedule harms processes, so that `hilrig inflict` is needed.</summary>
    public static bool HarmsProcesses(FaultSchedule schedule) =>
        schedule.Of(FaultLayer.Process).Count > 0;

    /// <summary>Begins to wait for the measured phase.</summary>
    /// <param name="schedule">The faults.</param>
    /// <param name="rig">The rig.</param>
    /// <param name="emulator">Its emulator; null when it has none.</param>
    /// <param name="inflictor">`hilrig inflict`; null when no process is harmed.</param>
    /// <param name="processIds">Ids of the rig's processes by role.</param>
    /// <exception cref="ScenarioException">A fault names a process this run has not.</exception>
    public static FaultDelivery Start(
        FaultSchedule schedule,
        RigDescription rig,
        ChildProcess? emulator,
        ChildProcess? inflictor,
        IReadOnlyDictionary<string, int> processIds)
    {
        var delivery = new FaultDelivery(schedule, rig, emulator, inflictor, processIds);
        foreach (FaultOccurrence occurrence in schedule.Of(FaultLayer.Process))
        {
            delivery.ProcessOf(occurrence);
        }

        delivery._thread.Start();
        return delivery;
    }

    /// <summary>Ends the wait and `hilrig inflict`; halted processes go on.</summary>
    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
        _inflictor?.AskToEnd();
        _inflictor?.AwaitEnd(TimeSpan.FromSeconds(5));
        _inflictor?.Dispose();
    }

    private void Run()
    {
        IRigClock clock = RigClock.Create();
        while (_schedule.OriginNanoseconds == 0)
        {
            if (_isOver)
            {
                return;
            }

            clock.SleepUntil(clock.NowNanoseconds + LookNanoseconds);
        }

        foreach (FaultOccurrence occurrence in _schedule.OfEmulator())
        {
            foreach (string line in BusFaultLines.Of(occurrence, _rig, _schedule.Seed))
            {
                _emulator?.Send(line);
            }
        }

        foreach (FaultOccurrence occurrence in _schedule.Of(FaultLayer.Process))
        {
            int process = ProcessOf(occurrence);
            _inflictor?.Send(new ProcessHarm(
                occurrence.Index,
                process,
                ProcessStart.TicksOf(process),
                occurrence.Fault.Rule.Type == FaultType.Off,
                occurrence.DueNanoseconds,
                occurrence.LengthNanoseconds).Encode());
        }
    }

    private int ProcessOf(FaultOccurrence occurrence)
    {
        string target = occurrence.Fault.Target;
        string role = target == "emulator" ? "emulate" : target;
        if (target == "host")
        {
            return Environment.ProcessId;
        }

        return _processIds.TryGetValue(role, out int process) ? process : throw new
            ScenarioException(
                $"This run has no process '{target}'",
                occurrence.Fault.Where,
                "one of host, " + string.Join(", ", _processIds.Keys));
    }

    private void Take(string line)
    {
        if (FaultNotice.Decode(line) is { } notice
            && notice.Number < _schedule.Occurrences.Count)
        {
            FaultOccurrence occurrence = _schedule.Occurrences[notice.Number];
            if (notice.Word == FaultNotice.Began)
            {
                occurrence.MarkBegan(notice.Nanoseconds);
            }
            else if (notice.Word == FaultNotice.Ended)
            {
                occurrence.MarkEnded(notice.Nanoseconds);
            }
        }
    }
}
