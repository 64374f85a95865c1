using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using HilRig.Core.Errors;
using HilRig.Sim.Accelerators;
using HilRig.Sim.Batch.Cpu;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Batch;

/// <summary>Names of the back ends, and how each is made.</summary>
public static class BatchBackends
{
    private static readonly (string Name, BatchBackend Backend)[] Known =
    [
        ("auto", BatchBackend.Auto),
        ("double", BatchBackend.Double),
        ("simd", BatchBackend.Simd),
        ("opencl", BatchBackend.OpenCl),
        ("ilgpu-cpu", BatchBackend.IlgpuCpu),
        ("cuda", BatchBackend.Cuda),
    ];

    /// <summary>Names as the command line knows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The back end of a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="ModelException">Another name.</exception>
    public static BatchBackend Parse(string name)
    {
        foreach ((string known, BatchBackend backend) in Known)
        {
            if (known == name)
            {
                return backend;
            }
        }

        throw new ModelException(
            "there is no such back end", "backend", string.Join(", ", Names), name);
    }

    /// <summary>Makes what computes a batch.</summary>
    /// <exception cref="RigException">The machine does not have it.</exception>
    internal static IBatchBackend Create(PackedModel model, int envCount, BatchOptions options) =>
        options.Backend switch
        {
            BatchBackend.Auto when DeviceSearch.HasCuda() => DeviceBackend.Open(
                DeviceKind.Cuda, "cuda", model, envCount),
            BatchBackend.Auto or BatchBackend.Simd => Simd(model, envCount, options),
            BatchBackend.Double => new CpuBackend<F64, double>(
                model,
                envCount,
                options.ThreadCount,
                "double",
                options.CompilationOf(envCount, isDouble: true)),
            BatchBackend.OpenCl => DeviceBackend.Open(
                DeviceKind.OpenCl, "opencl", model, envCount),
            BatchBackend.IlgpuCpu => DeviceBackend.Open(
                DeviceKind.Emulation, "ilgpu-cpu", model, envCount),
            BatchBackend.Cuda => DeviceBackend.Open(DeviceKind.Cuda, "cuda", model, envCount),
        };

    private static IBatchBackend Simd(PackedModel model, int envCount, BatchOptions options)
    {
        int lanes = options.LaneCount != 0 ? options.LaneCount : WidestLaneCount();
        int threads = options.ThreadCount;
        StepCompilation compiled = options.CompilationOf(envCount, isDouble: false);
        return lanes switch
        {
            1 => new CpuBackend<F32, float>(model, envCount, threads, "simd F32", compiled),
            4 => new CpuBackend<L4, float>(model, envCount, threads, "simd L4", compiled),
            8 => new CpuBackend<L8, float>(model, envCount, threads, "simd L8", compiled),
            16 => new CpuBackend<L16, float>(model, envCount, threads, "simd L16", compiled),
            _ => throw new ModelException(
                "there are no such lanes", "lanes", "0, 1, 4, 8 or 16", $"{lanes}"),
        };
    }

    private static int WidestLaneCount() =>
        Avx512F.IsSupported ? 16 : Vector256.IsHardwareAccelerated ? 8 : 4;
}
