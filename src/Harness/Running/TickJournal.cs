using HilRig.Core.Ports;
using HilRig.Core.Telemetry;
using HilRig.Harness.Faults;
using HilRig.Harness.Measurements;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Running;

/// <summary>
/// What a run keeps in memory: the trace, the histograms, the counts and the remarks.
/// </summary>
internal sealed class TickJournal : ITickObserver
{
    private readonly ITelemetrySink _sink;
    private readonly IReadOnlyList<JointBounds> _joints;
    private readonly long _durationNanoseconds;
    private readonly List<(long Instant, string Kind, string Text)> _events = [];
    private readonly FaultNotes _faults;
    private ulong _clippedBefore;
    private string _phase = "";

    /// <summary>Makes an empty journal.</summary>
    /// <param name="plan">The scenario.</param>
    /// <param name="hasTwin">Whether a twin runs.</param>
    /// <param name="sink">Receives remarks too.</param>
    /// <param name="faults">Faults, whose begin and end are remarks.</param>
    internal TickJournal(
        ScenarioPlan plan, bool hasTwin, ITelemetrySink sink, FaultSchedule faults)
    {
        _faults = new FaultNotes(faults);
        _sink = sink;
        _joints = plan.Setting.Joints;
        _durationNanoseconds = plan.DurationNanoseconds;
        Trace = new TraceBuilder(_joints, hasTwin);
    }

    /// <summary>Columns of measured ticks.</summary>
    internal TraceBuilder Trace { get; }

    /// <summary>Latency of measured ticks.</summary>
    internal LatencyMeter Latency { get; } = new();

    /// <summary>When the first measured phase began, ns; null before it.</summary>
    internal long? Origin { get; private set; }

    internal long MissedCount { get; private set; }

    internal long UnansweredCount { get; private set; }

    internal long ClippedCount { get; private set; }

    /// <inheritdoc/>
    public void Observe(TickRecord record)
    {
        long elapsed = record.ElapsedNanoseconds;
        bool isMeasured = elapsed >= 0 && elapsed < _durationNanoseconds;
        NotePhase(record, isMeasured);
        NoteClips(record);
        if (!isMeasured)
        {
            return;
        }

        Origin ??= record.Tick.PlannedNanoseconds - elapsed;
        Trace.Observe(record);
        Latency.Observe(record);
        MissedCount += record.Tick.MissedCount;
        UnansweredCount += record.Answered ? 0 : 1;
        ClippedCount += record.ClippedJoints == 0 ? 0 : 1;
    }

    /// <inheritdoc/>
    public void Look() => _faults.Look((instant, text) => Note(instant, "fault", text));

    /// <summary>Adds a remark, to the recording as well.</summary>
    internal void Note(long instant, string kind, string text)
    {
        _events.Add((instant, kind, text));
        _sink.AppendEvent(instant, kind, text);
    }

    /// <summary>Remarks, dated from the first measured phase.</summary>
    internal IReadOnlyList<RunEvent> Events()
    {
        long origin = Origin ?? (_events.Count > 0 ? _events[^1].Instant : 0);
        return [.. _events.Select(item => new RunEvent(
            (item.Instant - origin) / 1e9, item.Kind, item.Text))];
    }

    private void NotePhase(TickRecord record, bool isMeasured)
    {
        string phase = isMeasured ? "measure"
            : record.ElapsedNanoseconds < 0 ? "approach"
            : "return";
        string named = phase == "return" ? phase : $"{phase} {record.Repeat + 1}";
        if (named != _phase)
        {
            _phase = named;
            Note(record.Tick.PlannedNanoseconds, "phase", named);
        }
    }

    // One remark a joint: the first time says all.
    private void NoteClips(TickRecord record)
    {
        ulong fresh = record.ClippedJoints & ~_clippedBefore;
        _clippedBefore |= record.ClippedJoints;
        for (int i = 0; fresh != 0 && i < _joints.Count; i++)
        {
            if ((fresh & (1UL << i)) != 0)
            {
                Note(
                    record.Tick.PlannedNanoseconds,
                    "note",
                    $"a goal of {_joints[i].Name} was clipped by its limits");
            }
        }
    }
}
