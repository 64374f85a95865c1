namespace HilRig.Devices.PacketClocked.Wire;

/// <summary>Why a controller does not take a host.</summary>
internal enum ConnectRefusal : byte
{
    /// <summary>Another host commands.</summary>
    Busy = 1,

    /// <summary>The host's number of joints is another.</summary>
    JointCount = 2,

    /// <summary>The host's rig file is another.</summary>
    RigFile = 3,

    /// <summary>The host speaks another version.</summary>
    Version = 4,
}
