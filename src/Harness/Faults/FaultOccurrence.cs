using HilRig.Core.Time;
using HilRig.Harness.Results;

namespace HilRig.Harness.Faults;

/// <summary>One fault of a run and when it really came.</summary>
public sealed class FaultOccurrence
{
    private readonly FaultSchedule _schedule;
    private readonly long _atNanoseconds;
    private readonly long _forNanoseconds;
    private long _began;
    private long _ended;

    internal FaultOccurrence(
        FaultSchedule schedule, ScenarioFault fault, int index, ulong joints)
    {
        _schedule = schedule;
        Fault = fault;
        Index = index;
        Joints = joints;
        _atNanoseconds = (long)(fault.AtSeconds * 1e9);
        _forNanoseconds = fault.ForSeconds is { } seconds ? (long)(seconds * 1e9) : 0;
    }

    /// <summary>What was asked for.</summary>
    public ScenarioFault Fault { get; }

    /// <summary>Its place in the scenario, from 0.</summary>
    public int Index { get; }

    /// <summary>Joints it touches, bit i for joint i.</summary>
    public ulong Joints { get; }

    /// <summary>Whether it has an end of its own.</summary>
    public bool Ends => _forNanoseconds > 0;

    /// <summary>
    /// When it shall begin, CLOCK_MONOTONIC ns; long.MaxValue before the measured phase.
    /// </summary>
    public long DueNanoseconds => _schedule.OriginNanoseconds == 0
        ? long.MaxValue
        : _schedule.OriginNanoseconds + _atNanoseconds;

    /// <summary>Length, ns; 0: to the end of the run.</summary>
    public long LengthNanoseconds => _forNanoseconds;

    /// <summary>When it began, CLOCK_MONOTONIC ns; 0 while it has not.</summary>
    public long BeganNanoseconds => Volatile.Read(ref _began);

    /// <summary>When it ended, CLOCK_MONOTONIC ns; 0 while it has not.</summary>
    public long EndedNanoseconds => Volatile.Read(ref _ended);

    /// <summary>Notes its begin; the first call counts.</summary>
    /// <param name="instantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
    public void MarkBegan(long instantNanoseconds) =>
        Interlocked.CompareExchange(ref _began, instantNanoseconds, 0);

    /// <summary>Notes its end; the first call counts.</summary>
    /// <param name="instantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
    public void MarkEnded(long instantNanoseconds) =>
        Interlocked.CompareExchange(ref _ended, instantNanoseconds, 0);

    /// <summary>
    /// Whether it acts on a tick; stamps begin and end. One thread, the one that brings it about.
    /// Allocates nothing.
    /// </summary>
    internal bool ActsOn(long plannedNanoseconds, IRigClock clock)
    {
        long due = DueNanoseconds;
        if (plannedNanoseconds < due)
        {
            return false;
        }

        if (_forNanoseconds > 0 && plannedNanoseconds >= due + _forNanoseconds)
        {
            if (_began != 0 && _ended == 0)
            {
                MarkEnded(clock.NowNanoseconds);
            }

            return false;
        }

        if (_began == 0)
        {
            MarkBegan(clock.NowNanoseconds);
        }

        return true;
    }

    internal FaultReport Report() => new()
    {
        Layer = FaultCatalogue.Word(Fault.Rule.Layer),
        Target = Fault.Target,
        Type = FaultCatalogue.Word(Fault.Rule.Type),
        Parameters = Fault.ParameterText(),
        AtSeconds = Fault.AtSeconds,
        ForSeconds = Fault.ForSeconds,
        BeganNanoseconds = BeganNanoseconds == 0 ? null : BeganNanoseconds,
        EndedNanoseconds = EndedNanoseconds == 0 ? null : EndedNanoseconds,
    };
}
