using HilRig.Core.Errors;
using HilRig.Tasks.Policies;
using Microsoft.ML.OnnxRuntime;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>
/// The graph of a task's policy at one row, bound once to native memory; a run allocates nothing on
/// the managed heap.
/// </summary>
internal sealed class HybridGraph : IDisposable
{
    private const string RowCount = "N";
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly BoundTensor _observation;
    private readonly BoundTensor _action;
    private readonly BoundTensor _reinforcementAction;
    private readonly BoundTensor _imitationAction;
    private readonly BoundTensor _reinforcementValue = new(1);
    private readonly BoundTensor _imitationValue = new(1);
    private readonly BoundTensor _spread = new(1);
    private bool _isDisposed;

    /// <summary>Loads a graph.</summary>
    /// <param name="policy">The policy.</param>
    /// <exception cref="ScenarioException">It is no graph, or not of this shape.</exception>
    internal HybridGraph(TaskPolicyFile policy)
    {
        int inputCount = policy.Manifest.Observation.Count * policy.Manifest.History;
        int actionCount = policy.Manifest.Action.Count;
        _session = Open(policy);
        _observation = new BoundTensor(1, inputCount);
        _action = new BoundTensor(1, actionCount);
        _reinforcementAction = new BoundTensor(1, actionCount);
        _imitationAction = new BoundTensor(1, actionCount);
        try
        {
            Require(policy.Where, inputCount, actionCount);
            _binding = _session.CreateIoBinding();
        }
        catch
        {
            Free();
            throw;
        }

        _binding.BindInput(PolicyTensors.Observation, _observation.Value);
        _binding.BindOutput(PolicyTensors.Action, _action.Value);
        _binding.BindOutput(PolicyTensors.ReinforcementAction, _reinforcementAction.Value);
        _binding.BindOutput(PolicyTensors.ImitationAction, _imitationAction.Value);
        _binding.BindOutput(PolicyTensors.ReinforcementValue, _reinforcementValue.Value);
        _binding.BindOutput(PolicyTensors.ImitationValue, _imitationValue.Value);
        _binding.BindOutput(PolicyTensors.Spread, _spread.Value);
    }

    /// <summary>Raw observations, newest first, to be filled before a run.</summary>
    internal Span<float> Observation => _observation.Values;

    /// <summary>The chosen proposal.</summary>
    internal ReadOnlySpan<float> Action => _action.Values;

    /// <summary>The actor's proposal.</summary>
    internal ReadOnlySpan<float> ReinforcementAction => _reinforcementAction.Values;

    /// <summary>The imitation's proposal.</summary>
    internal ReadOnlySpan<float> ImitationAction => _imitationAction.Values;

    /// <summary>The critics' value of the actor's.</summary>
    internal float ReinforcementValue => _reinforcementValue.Values[0];

    /// <summary>The critics' value of the imitation's.</summary>
    internal float ImitationValue => _imitationValue.Values[0];

    /// <summary>How far the critics are apart.</summary>
    internal float Spread => _spread.Values[0];

    /// <summary>Computes outputs from inputs.</summary>
    internal void Run() => _session.RunWithBinding(_runOptions, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _binding.Dispose();
            Free();
        }
    }

    private static InferenceSession Open(TaskPolicyFile policy)
    {
        using SessionOptions options = PolicySession.Options();
        options.AddFreeDimensionOverrideByName(RowCount, 1);
        try
        {
            return new InferenceSession(policy.Graph.ToArray(), options);
        }
        catch (OnnxRuntimeException cause)
        {
            throw new ScenarioException(
                "The policy's graph cannot be loaded",
                policy.Where,
                "an ONNX file that hilrig learn wrote",
                cause.Message.TrimEnd('.'),
                inner: cause);
        }
    }

    private void Require(string where, int inputCount, int actionCount)
    {
        Require(_session.InputMetadata, where, (PolicyTensors.Observation, inputCount));
        Require(
            _session.OutputMetadata,
            where,
            (PolicyTensors.Action, actionCount),
            (PolicyTensors.ReinforcementAction, actionCount),
            (PolicyTensors.ImitationAction, actionCount),
            (PolicyTensors.ReinforcementValue, 0),
            (PolicyTensors.ImitationValue, 0),
            (PolicyTensors.Spread, 0));
    }

    private static void Require(
        IReadOnlyDictionary<string, NodeMetadata> found,
        string where,
        params (string Name, int Width)[] expected)
    {
        foreach ((string name, int width) in expected)
        {
            bool fits = found.TryGetValue(name, out NodeMetadata? node)
                && node.ElementType == typeof(float)
                && node.Dimensions.Length == (width == 0 ? 1 : 2)
                && (width == 0 || node.Dimensions[1] == width);
            if (!fits || found.Count != expected.Length)
            {
                throw new ScenarioException(
                    "The policy's graph is not that of a task's policy",
                    where,
                    $"{name}: float [{RowCount}{(width == 0 ? "" : $", {width}")}]",
                    node is null
                        ? "only " + string.Join(", ", found.Keys)
                        : $"{node.ElementType.Name} [{string.Join(", ", node.Dimensions)}]",
                    "a file that hilrig learn export wrote");
            }
        }
    }

    private void Free()
    {
        _observation.Dispose();
        _action.Dispose();
        _reinforcementAction.Dispose();
        _imitationAction.Dispose();
        _reinforcementValue.Dispose();
        _imitationValue.Dispose();
        _spread.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }
}
