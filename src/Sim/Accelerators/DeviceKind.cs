namespace HilRig.Sim.Accelerators;

/// <summary>What runs the device kernels.</summary>
internal enum DeviceKind
{
    /// <summary>An NVIDIA GPU.</summary>
    Cuda,

    /// <summary>A GPU or CPU with an OpenCL 2.0 or 3.0 driver.</summary>
    OpenCl,

    /// <summary>ILGPU's own interpreter-like CPU device: slow, for finding faults.</summary>
    Emulation,
}
