using HilRig.Tasks.Policies;
using Microsoft.ML.OnnxRuntime;

namespace HilRig.Learning.Onnx;

/// <summary>
/// Runs a policy's graph in ONNX Runtime over native memory bound once, one thread, as the rig
/// does.
/// </summary>
internal sealed class HybridSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly OrtIoBinding _binding;
    private readonly RunOptions _options = new();
    private readonly OrtValue[] _values;

    /// <summary>Loads a graph.</summary>
    /// <param name="graph">The ONNX file.</param>
    /// <param name="rowCount">Rows of each run.</param>
    public HybridSession(ReadOnlySpan<byte> graph, int rowCount)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        options.AddFreeDimensionOverrideByName(OnnxGraph.RowCount, rowCount);
        _session = new InferenceSession(graph.ToArray(), options);
        int inputCount = _session.InputMetadata[PolicyTensors.Observation].Dimensions[^1];
        int actionCount = _session.OutputMetadata[PolicyTensors.Action].Dimensions[^1];
        Observations = GC.AllocateArray<float>(rowCount * inputCount, pinned: true);
        Outputs = new HybridOutputs(rowCount, actionCount);
        _binding = _session.CreateIoBinding();
        _values =
        [
            Bind(PolicyTensors.Observation, Observations, [rowCount, inputCount], isInput: true),
            Bind(PolicyTensors.Action, Outputs.Action, [rowCount, actionCount]),
            Bind(
                PolicyTensors.ReinforcementAction,
                Outputs.ReinforcementAction,
                [rowCount, actionCount]),
            Bind(PolicyTensors.ImitationAction, Outputs.ImitationAction, [rowCount, actionCount]),
            Bind(PolicyTensors.ReinforcementValue, Outputs.ReinforcementValue, [rowCount]),
            Bind(PolicyTensors.ImitationValue, Outputs.ImitationValue, [rowCount]),
            Bind(PolicyTensors.Spread, Outputs.Spread, [rowCount]),
        ];
    }

    /// <summary>Raw observations of the next run. Shape [row, observation · history].</summary>
    public float[] Observations { get; }

    /// <summary>What the last run said.</summary>
    public HybridOutputs Outputs { get; }

    /// <summary>Computes outputs from observations.</summary>
    public void Run() => _session.RunWithBinding(_options, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        foreach (OrtValue value in _values)
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }

    private OrtValue Bind(string name, float[] memory, long[] shape, bool isInput = false)
    {
        // Pins the array as long as the value lives.
        var value = OrtValue.CreateTensorValueFromMemory(memory, shape);
        if (isInput)
        {
            _binding.BindInput(name, value);
        }
        else
        {
            _binding.BindOutput(name, value);
        }

        return value;
    }
}
