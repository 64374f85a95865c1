using HilRig.Core.Episodes;
using HilRig.Core.Errors;
using HilRig.Harness.Episodes.RealTime;
using HilRig.Tasks;
using HilRig.Tasks.Policies;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>
/// A policy of a task as the rig runs it: the graph proposes and values, then the choice, the noise
/// and the safety of the selection are made here, so that each is seen in the record of the step.
/// One thread at a time; a call allocates nothing on the managed heap.
/// </summary>
public sealed class HybridPolicy : IEpisodePolicy, IDisposable
{
    private const int WarmUpCalls = 8;
    private static readonly PolicyAnswer Invalid = new(false, Proposer.Safety);
    private readonly HybridGraph _graph;
    private readonly SelectionGuard _guard;
    private readonly ObservationStack _stack;
    private readonly PolicyProposals _proposals;
    private readonly float _margin;
    private ActingNoise _noise;
    private int _step;

    private HybridPolicy(TaskPolicyFile file, SelectionSafety safety)
    {
        TaskPolicyManifest manifest = file.Manifest;
        Manifest = manifest;
        _proposals = manifest.Proposals;
        _margin = (float)manifest.SelectionMargin;
        float[] offsets = new float[manifest.Observation.Count];
        for (int i = 0; i < offsets.Length; i++)
        {
            offsets[i] = (float)manifest.Observation[i].Offset;
        }

        _stack = new ObservationStack(offsets);
        _guard = GuardOf(manifest, safety);
        _graph = new HybridGraph(file);
        _stack.Begin(_graph.Observation);
        for (int i = 0; i < WarmUpCalls; i++)
        {
            _graph.Run();
        }

        Begin();
    }

    /// <summary>What it is.</summary>
    public TaskPolicyManifest Manifest { get; }

    /// <summary>
    /// How it acts from the next <see cref="Begin"/> on; greedily unless set. To be set between
    /// episodes only.
    /// </summary>
    public ActingMode Mode { get; set; } = ActingMode.Greedy;

    /// <summary>Loads a policy, and checks that it fits.</summary>
    /// <param name="file">The policy.</param>
    /// <param name="task">The task that it is to do.</param>
    /// <param name="safety">What keeps its actor near the imitation.</param>
    /// <exception cref="ScenarioException">It does not fit, or is no policy.</exception>
    public static HybridPolicy Create(
        TaskPolicyFile file, TaskDescription task, SelectionSafety safety)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(safety);
        TaskFit.Require(file.Manifest, task, file.Where);
        safety.Require(file.Manifest, file.Where);
        return new HybridPolicy(file, safety);
    }

    /// <inheritdoc/>
    public void Begin()
    {
        _step = 0;
        _noise = new ActingNoise(Mode);
        _stack.Begin(_graph.Observation);
    }

    /// <inheritdoc/>
    public PolicyAnswer Act(
        in TaskState state, ReadOnlySpan<float> observation, Span<float> action) =>
        Act(observation, action);

    /// <summary>Says what to do next.</summary>
    /// <param name="observation">The task's raw observation. Shape [observation].</param>
    /// <param name="action">Receives the action, each in [−1, 1]. Shape [action].</param>
    public PolicyAnswer Act(ReadOnlySpan<float> observation, Span<float> action)
    {
        int step = _step++;
        if (action.Length != _graph.Action.Length
            || !_stack.Push(observation, _graph.Observation))
        {
            return Invalid;
        }

        _graph.Run();
        if (!IsFinite())
        {
            return Invalid;
        }

        switch (_proposals)
        {
            case PolicyProposals.ActorOnly:
                _graph.ReinforcementAction.CopyTo(action);
                _noise.Add(step, action);
                return new(true, Proposer.Reinforcement, _graph.ReinforcementValue);
            case PolicyProposals.ImitationOnly:
                _graph.ImitationAction.CopyTo(action);
                return new(true, Proposer.Imitation);
            case PolicyProposals.ActorAndImitation:
            default:
                return Choose(step, action);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();

    private PolicyAnswer Choose(int step, Span<float> action)
    {
        float actorValue = _graph.ReinforcementValue;
        float imitationValue = _graph.ImitationValue;
        StepFlags flags = _guard.Doubt(actorValue, imitationValue, _graph.Spread);

        // As the graph compares, so that the greedy choice is the graph's to the last bit.
        bool isActor = flags == StepFlags.None
            && _noise.Chooses(step, actorValue, imitationValue + _margin);
        if (!isActor)
        {
            _graph.ImitationAction.CopyTo(action);
            return new(true, Proposer.Imitation, actorValue, imitationValue, flags);
        }

        _graph.ReinforcementAction.CopyTo(action);
        _noise.Add(step, action);
        flags = _guard.Bound(_graph.ImitationAction, action);
        return new(true, Proposer.Reinforcement, actorValue, imitationValue, flags);
    }

    private bool IsFinite() =>
        FiniteNumbers.All(_graph.ReinforcementAction)
        && FiniteNumbers.All(_graph.ImitationAction)
        && float.IsFinite(_graph.ReinforcementValue)
        && float.IsFinite(_graph.ImitationValue)
        && float.IsFinite(_graph.Spread);

    private static SelectionGuard GuardOf(TaskPolicyManifest manifest, SelectionSafety safety)
    {
        bool[] isLocked = new bool[manifest.Action.Count];
        for (int i = 0; i < isLocked.Length; i++)
        {
            foreach (string name in safety.LockedActions)
            {
                isLocked[i] |= manifest.Action[i].Name == name;
            }
        }

        PolicyValueRange range = manifest.ValueRange
            ?? new(double.NegativeInfinity, double.PositiveInfinity);
        return new SelectionGuard(
            safety.CapAt(manifest.Origin.EnvironmentSteps),
            isLocked,
            safety.SpreadMax,
            range.Lowest - safety.ValueTolerance,
            range.Highest + safety.ValueTolerance);
    }
}
