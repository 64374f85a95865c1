using HilRig.Devices.Protocols.Feetech;

namespace HilRig.Devices.Virtual.Faults;

/// <summary>What a well-formed reply tells in place of the truth; null: the truth.</summary>
public sealed record ReplyLie
{
    /// <summary>Id of another servo.</summary>
    public byte? Id { get; init; }

    /// <summary>Added to the angle of the shaft, rad.</summary>
    public double? AngleRadians { get; init; }

    /// <summary>Supply voltage, V.</summary>
    public double? SupplyVolts { get; init; }

    /// <summary>Temperature, °C.</summary>
    public double? TemperatureCelsius { get; init; }

    /// <summary>Error bits, on top of the true ones.</summary>
    public ServoErrors? Errors { get; init; }

    /// <summary>Whether it tells the truth.</summary>
    internal bool IsTrue =>
        (Id, AngleRadians, SupplyVolts, TemperatureCelsius, Errors) is
            (null, null, null, null, null);
}
