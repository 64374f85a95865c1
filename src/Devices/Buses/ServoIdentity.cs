using HilRig.Devices.Registers;

namespace HilRig.Devices.Buses;

/// <summary>What a servo says it is.</summary>
/// <param name="Id">Bus id.</param>
/// <param name="ModelNumber">Register 3.</param>
/// <param name="FirmwareMajor">Register 0.</param>
/// <param name="FirmwareMinor">Register 1.</param>
public readonly record struct ServoIdentity(
    byte Id, int ModelNumber, int FirmwareMajor, int FirmwareMinor)
{
    /// <summary>The servo in a few words.</summary>
    public override string ToString() =>
        RegisterTables.TryFind(ModelNumber, out RegisterTable? table)
        ? $"{Id} {table.Model} (firmware {FirmwareMajor}.{FirmwareMinor})"
        : $"{Id} unknown model {ModelNumber}";
}
