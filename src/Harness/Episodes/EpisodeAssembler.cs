using HilRig.Core.Episodes;
using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Episodes;

/// <summary>Makes an episode of the steps that come from the loop.</summary>
internal sealed class EpisodeAssembler
{
    private readonly EpisodeBuilder _builder = new();
    private readonly StepRecord _open;
    private readonly List<double[]> _goals = [];
    private bool _isOpen;

    /// <summary>Makes an empty one.</summary>
    /// <param name="setting">Checked.</param>
    internal EpisodeAssembler(SessionSetting setting) => _open = new StepRecord(
        setting.Task.Description.Observation.Count,
        setting.Task.Description.Action.Count,
        setting.Joints.Count);

    /// <summary>Steps whose outcome was observed.</summary>
    internal int StepCount => _builder.StepCount;

    /// <summary>When the first step was observed, CLOCK_MONOTONIC ns; 0 before it.</summary>
    internal long BeganNanoseconds { get; private set; }

    /// <summary>Goals before each action, in order: the way back, reversed. Each [dof].</summary>
    internal IReadOnlyList<double[]> Goals => _goals;

    /// <summary>Forgets the last episode.</summary>
    internal void Begin()
    {
        _isOpen = false;
        _goals.Clear();
        BeganNanoseconds = 0;
        _builder.Begin([]);
    }

    /// <summary>Takes a record of the episode.</summary>
    /// <param name="record">A step, an end, a break.</param>
    internal void Add(StepRecord record)
    {
        if (record.Kind == StepKind.Broken && !record.IsObserved)
        {
            _isOpen = false;
            return;
        }

        if (_isOpen)
        {
            _builder.Add(
                _open.Action,
                _open.Step.Proposer,
                (_open.Step.ReinforcementValue, _open.Step.ImitationValue),
                _open.Step.Flags,
                record.Observation);
        }
        else
        {
            _builder.Begin(record.Observation);
            BeganNanoseconds = record.InstantNanoseconds;
        }

        _isOpen = record.Kind == StepKind.Step;
        if (_isOpen)
        {
            _goals.Add([.. record.Goal]);
            record.CopyTo(_open);
        }
    }

    /// <summary>Makes the episode.</summary>
    /// <param name="task">Name of the task.</param>
    /// <param name="request">What was wanted.</param>
    /// <param name="end">How it ended.</param>
    /// <param name="verdict">What it counts as, for now.</param>
    internal Episode Build(
        string task, EpisodeRequest request, EpisodeEnd end, EpisodeVerdict verdict) =>
        _builder.Build(
            task, request.Purpose, (request.StartSeed, request.StartIndex), end, verdict) with
        {
            PolicySha256 = request.PolicySha256,
            BeganNanoseconds = BeganNanoseconds,
        };
}
