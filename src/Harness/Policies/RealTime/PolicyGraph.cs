using System.Runtime.InteropServices;
using HilRig.Core.Errors;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>
/// An ONNX graph with one float input and one float output, bound once to native memory; a run
/// allocates nothing on the managed heap.
/// </summary>
internal sealed unsafe class PolicyGraph : IDisposable
{
    private const int AlignmentBytes = 64;
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue _inputValue;
    private readonly OrtValue _outputValue;
    private readonly float* _input;
    private readonly float* _output;
    private readonly int _inputCount;
    private readonly int _outputCount;
    private bool _isDisposed;

    /// <summary>Loads a graph.</summary>
    /// <param name="path">The ONNX file.</param>
    /// <param name="inputCount">Inputs the manifest names.</param>
    /// <param name="outputCount">Outputs the manifest names.</param>
    /// <exception cref="ScenarioException">The graph has another shape.</exception>
    internal PolicyGraph(string path, int inputCount, int outputCount)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        _session = new InferenceSession(path, options);
        string input = Only(_session.InputMetadata, "input", inputCount, path);
        string output = Only(_session.OutputMetadata, "output", outputCount, path);
        _inputCount = inputCount;
        _outputCount = outputCount;
        _input = Allocate(inputCount);
        _output = Allocate(outputCount);
        _inputValue = Bind(_input, inputCount);
        _outputValue = Bind(_output, outputCount);
        _binding = _session.CreateIoBinding();
        _binding.BindInput(input, _inputValue);
        _binding.BindOutput(output, _outputValue);
    }

    /// <summary>Inputs, to be filled before a run.</summary>
    internal Span<float> Input => new(_input, _inputCount);

    /// <summary>Outputs of the last run.</summary>
    internal ReadOnlySpan<float> Output => new(_output, _outputCount);

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
        _inputValue.Dispose();
        _outputValue.Dispose();
        _runOptions.Dispose();
        _session.Dispose();
        NativeMemory.AlignedFree(_input);
        NativeMemory.AlignedFree(_output);
    }

    private static float* Allocate(int count)
    {
        nuint bytes = (nuint)(count * sizeof(float));
        var memory = (float*)NativeMemory.AlignedAlloc(bytes, AlignmentBytes);
        new Span<float>(memory, count).Fill(float.NaN);
        return memory;
    }

    private static OrtValue Bind(float* memory, int count) => OrtValue.CreateTensorValueWithData(
        OrtMemoryInfo.DefaultInstance,
        TensorElementType.Float,
        [1, count],
        (IntPtr)memory,
        count * sizeof(float));

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
