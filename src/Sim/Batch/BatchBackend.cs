namespace HilRig.Sim.Batch;

/// <summary>What computes a batch.</summary>
public enum BatchBackend
{
    /// <summary>A CUDA device if there is one, else the lanes of this processor.</summary>
    Auto,

    /// <summary>Double precision, one env at a time: the reference.</summary>
    Double,

    /// <summary>Floats in the vectors of this processor, an env a lane.</summary>
    Simd,

    /// <summary>An OpenCL device.</summary>
    OpenCl,

    /// <summary>ILGPU's own processor device: slow, to look into kernels.</summary>
    IlgpuCpu,

    /// <summary>A CUDA device.</summary>
    Cuda,
}
