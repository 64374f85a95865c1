namespace HilRig.Devices.Registers;

/// <summary>What a host may do with a register.</summary>
public enum RegisterAccess
{
    /// <summary>Only read.</summary>
    ReadOnly,

    /// <summary>Read and write.</summary>
    ReadWrite,
}
