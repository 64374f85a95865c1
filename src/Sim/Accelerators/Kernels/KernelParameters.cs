namespace HilRig.Sim.Accelerators.Kernels;

/// <summary>Names of kernel parameters that the device compiler knows.</summary>
internal static class KernelParameters
{
    /// <summary>The layout of an env.</summary>
    public const string Layout = "layout";

    /// <summary>What all envs share.</summary>
    public const string Shared = "shared";
}
