using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>
/// Floats in native memory that a graph reads or writes in place; NaN until it was run.
/// </summary>
internal sealed unsafe class BoundTensor : IDisposable
{
    private const int AlignmentBytes = 64;
    private readonly float* _memory;
    private readonly int _count;

    /// <summary>Takes memory.</summary>
    /// <param name="shape">Its dimensions.</param>
    internal BoundTensor(params long[] shape)
    {
        _count = 1;
        foreach (long size in shape)
        {
            _count *= (int)size;
        }

        nuint bytes = (nuint)(_count * sizeof(float));
        _memory = (float*)NativeMemory.AlignedAlloc(bytes, AlignmentBytes);
        Values.Fill(float.NaN);
        Value = OrtValue.CreateTensorValueWithData(
            OrtMemoryInfo.DefaultInstance,
            TensorElementType.Float,
            shape,
            (IntPtr)_memory,
            (long)bytes);
    }

    /// <summary>The numbers.</summary>
    internal Span<float> Values => new(_memory, _count);

    /// <summary>The same as the runtime knows them.</summary>
    internal OrtValue Value { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Value.Dispose();
        NativeMemory.AlignedFree(_memory);
    }
}
