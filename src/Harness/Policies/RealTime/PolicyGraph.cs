using HilRig.Core.Errors;
using Microsoft.ML.OnnxRuntime;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>
/// An ONNX graph with one float input and one float output, bound once to native memory; a run
/// allocates nothing on the managed heap.
/// </summary>
internal sealed class PolicyGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly BoundTensor _input;
    private readonly BoundTensor _output;
    private bool _isDisposed;

    /// <summary>Loads a graph.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputCount">Inputs the manifest names.</param>
    /// <param name="outputCount">Outputs the manifest names.</param>
    /// <exception cref="ScenarioException">The graph has another shape.</exception>
    internal PolicyGraph(string path, int inputCount, int outputCount)
    {
        using SessionOptions options = PolicySession.Options();
        _session = new InferenceSession(path, options);
        string input = Only(_session.InputMetadata, "input", inputCount, path);
        string output = Only(_session.OutputMetadata, "output", outputCount, path);
        _input = new BoundTensor(1, inputCount);
        _output = new BoundTensor(1, outputCount);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(input, _input.Value);
        _binding.BindOutput(output, _output.Value);
    }

    /// <summary>Inputs, to be filled before a run.</summary>
    internal Span<float> Input => _input.Values;

    /// <summary>Outputs of the last run.</summary>
    internal ReadOnlySpan<float> Output => _output.Values;

    /// <summary>Computes outputs from inputs.</summary>
    internal void Run() => _session.RunWithBinding(_runOptions, _binding);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _binding.Dispose();
        _input.Dispose();
        _output.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
    }

    private static string Only(
        IReadOnlyDictionary<string, NodeMetadata> nodes, string what, int count, string path)
    {
        foreach ((string name, NodeMetadata node) in nodes)
        {
            int[] shape = node.Dimensions;
            bool fits = nodes.Count == 1
                && node.ElementType == typeof(float)
                && shape.Length == 2
                && shape[0] is 1 or -1
                && shape[1] == count;
            return fits ? name : throw new ScenarioException(
                $"The policy's {what} does not fit its manifest",
                path,
                $"one {what}, float [1, {count}]",
                $"{nodes.Count}, the first {node.ElementType.Name} [{string.Join(", ", shape)}]",
                "a manifest that names as many entries, in the graph's order");
        }

        throw new ScenarioException($"The policy has no {what}", path);
    }
}
