using HilRig.Core.Joints;
using HilRig.Core.Telemetry;
using HilRig.Harness.Results;
using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Measurements;

/// <summary>Collects measured ticks as columns.</summary>
internal sealed class TraceBuilder
{
    private readonly IReadOnlyList<JointBounds> _joints;
    private readonly bool _hasTwin;
    private readonly List<double> _time = [];
    private readonly List<double> _realTime = [];
    private readonly List<double> _twinTime = [];
    private readonly List<int> _repeat = [];
    private readonly List<int> _missed = [];
    private readonly List<double> _endToEnd = [];
    private readonly List<double>[][] _columns;

    /// <summary>Makes an empty trace.</summary>
    /// <param name="joints">Joints, in [dof] order.</param>
    /// <param name="hasTwin">Whether a twin runs.</param>
    internal TraceBuilder(IReadOnlyList<JointBounds> joints, bool hasTwin)
    {
        _joints = joints;
        _hasTwin = hasTwin;
        _columns = new List<double>[joints.Count][];
        for (int i = 0; i < _columns.Length; i++)
        {
            _columns[i] = [[], [], [], [], []];
        }
    }

    /// <summary>Ticks so far.</summary>
    internal int Count => _time.Count;

    /// <summary>Takes one measured tick.</summary>
    internal void Observe(TickRecord record)
    {
        bool answered = record.Answered;
        JointState real = record.FaultedJoints != 0 ? record.Seen : record.Real;
        long origin = record.Tick.PlannedNanoseconds - record.ElapsedNanoseconds;
        _time.Add(record.ElapsedNanoseconds / 1e9);
        _realTime.Add(answered ? (real.SampledNanoseconds - origin) / 1e9 : double.NaN);
        _twinTime.Add(_hasTwin ? record.ElapsedNanoseconds / 1e9 : double.NaN);
        _repeat.Add(record.Repeat);
        _missed.Add(record.Tick.MissedCount);
        _endToEnd.Add(answered
            ? (record.Stamps.StateReceived - record.Stamps.Planned) / 1e3
            : double.NaN);
        for (int i = 0; i < _columns.Length; i++)
        {
            bool isFresh = answered && (real.FreshJoints & (1UL << i)) != 0;
            _columns[i][0].Add(record.Command.Position[i]);
            _columns[i][1].Add(isFresh ? real.Position[i] : double.NaN);
            _columns[i][2].Add(_hasTwin ? record.Twin.Position[i] : double.NaN);
            _columns[i][3].Add(isFresh ? real.Velocity[i] : double.NaN);
            _columns[i][4].Add(_hasTwin ? record.Twin.Velocity[i] : double.NaN);
        }
    }

    /// <summary>The trace.</summary>
    internal RunTrace Build() => new()
    {
        TimeSeconds = [.. _time],
        RealTimeSeconds = [.. _realTime],
        TwinTimeSeconds = [.. _twinTime],
        Repeat = [.. _repeat],
        MissedCount = [.. _missed],
        EndToEndMicroseconds = [.. _endToEnd],
        Joints = [.. _joints.Select((joint, i) => new JointTrace
        {
            Name = joint.Name,
            Unit = joint.Unit,
            Command = [.. _columns[i][0]],
            RealPosition = [.. _columns[i][1]],
            TwinPosition = [.. _columns[i][2]],
            RealVelocity = [.. _columns[i][3]],
            TwinVelocity = [.. _columns[i][4]],
        })],
    };
}
