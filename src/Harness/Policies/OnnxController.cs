using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Harness.Controllers;
using HilRig.Harness.Policies.RealTime;
using Microsoft.ML.OnnxRuntime;

namespace HilRig.Harness.Policies;

/// <summary>
/// Runs a policy exported as ONNX: joint values in, goals out. Inputs and outputs are bound once to
/// native memory, so a call allocates nothing on the managed heap.
/// </summary>
public sealed class OnnxController : IController
{
    private const int WarmUpCalls = 8;
    private readonly PolicyGraph _graph;
    private readonly ObservationEntry[] _observation;
    private readonly ActionEntry[] _action;
    private readonly int[] _observationJoint;
    private readonly int[] _actionJoint;
    private readonly int _ticksPerCall;
    private long _ticks;

    /// <summary>Loads a policy.</summary>
    /// <param name="manifest">What its numbers mean.</param>
    /// <param name="modelPath">The ONNX file.</param>
    /// <param name="setting">Joints and rate.</param>
    /// <exception cref="ScenarioException">
    /// The graph is absent or does not fit its manifest.
    /// </exception>
    public OnnxController(
        PolicyManifest manifest, string modelPath, ControllerSetting setting)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(setting);
        _observation = [.. manifest.Observation];
        _action = [.. manifest.Action];
        _observationJoint = [.. manifest.Observation.Select(entry => setting.IndexOf(entry.Joint))];
        _actionJoint = [.. manifest.Action.Select(entry => setting.IndexOf(entry.Joint))];
        _ticksPerCall = (int)Math.Round(setting.RateHertz / manifest.RateHertz);
        try
        {
            _graph = new PolicyGraph(modelPath, _observation.Length, _action.Length);
        }
        catch (OnnxRuntimeException cause)
        {
            throw new ScenarioException(
                "The policy cannot be loaded",
                modelPath,
                found: cause.Message.TrimEnd('.'),
                remedy: "check controller.manifest and its model",
                inner: cause);
        }
    }

    /// <inheritdoc/>
    public void Start(JointState measured)
    {
        _ticks = 0;
        _graph.Input.Clear();
        for (int i = 0; i < WarmUpCalls; i++)
        {
            _graph.Run();
        }
    }

    /// <inheritdoc/>
    public ControllerStatus Compute(
        in Tick tick, long elapsedNanoseconds, JointState measured, JointCommand command)
    {
        if (_ticks++ % _ticksPerCall != 0)
        {
            return ControllerStatus.Ok;
        }

        Span<float> input = _graph.Input;
        for (int i = 0; i < input.Length; i++)
        {
            ObservationEntry entry = _observation[i];
            int joint = _observationJoint[i];
            double value = entry.Value switch
            {
                ObservedValue.Position => measured.Position[joint],
                ObservedValue.Velocity => measured.Velocity[joint],
                ObservedValue.Goal => command.Position[joint],
            };
            input[i] = (float)(entry.Scale * (value - entry.Offset));
        }

        _graph.Run();
        ReadOnlySpan<float> output = _graph.Output;
        for (int i = 0; i < output.Length; i++)
        {
            if (!float.IsFinite(output[i]))
            {
                return ControllerStatus.Failed;
            }

            command.Position[_actionJoint[i]] = _action[i].Offset + _action[i].Scale * output[i];
        }

        return ControllerStatus.Ok;
    }

    /// <inheritdoc/>
    public void Dispose() => _graph.Dispose();
}
