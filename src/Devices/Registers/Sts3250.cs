namespace HilRig.Devices.Registers;

/// <summary>
/// Feetech STS3250. It has the STS series table of <see cref="Sts3215"/>; only the model number and
/// the supply range, which a rig file states, differ.
/// </summary>
public static class Sts3250
{
    /// <summary>The STS3250's table; model number 2825.</summary>
    public static RegisterTable Table { get; } = new("sts3250", 2825, Sts3215.Table.Registers);
}
