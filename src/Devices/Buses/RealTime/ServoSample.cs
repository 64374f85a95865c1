using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Buses.RealTime;

/// <summary>What a servo measured, in counts; <see cref="FeetechUnits"/> converts.</summary>
public readonly record struct ServoSample
{
    /// <summary>Position, ticks.</summary>
    public int PositionTicks { get; init; }

    /// <summary>Velocity, ticks per second (fine unit; see <see cref="FeetechUnits"/>).</summary>
    public int VelocityTicksPerSecond { get; init; }

    /// <summary>
    /// PWM duty, 0.1 %; 0 with <see cref="ReadBlock.PositionAndVelocity"/>, as all below.
    /// </summary>
    public int RawLoad { get; init; }

    /// <summary>Supply, 0.1 V.</summary>
    public int RawVoltage { get; init; }

    /// <summary>Temperature, °C.</summary>
    public int TemperatureCelsius { get; init; }

    /// <summary>Error bits of register 65.</summary>
    public ServoErrors Errors { get; init; }

    /// <summary>Whether a move is under way.</summary>
    public bool IsMoving { get; init; }

    /// <summary>Motor current, 6.5 mA.</summary>
    public int RawCurrent { get; init; }

    internal static ServoSample DecodePositionAndVelocity(ReadOnlySpan<byte> block) => new()
    {
        PositionTicks = Decode(Sts3215.PresentPosition, block),
        VelocityTicksPerSecond = Decode(Sts3215.PresentVelocity, block),
    };

    internal static ServoSample DecodeEverything(ReadOnlySpan<byte> block) => new()
    {
        PositionTicks = Decode(Sts3215.PresentPosition, block),
        VelocityTicksPerSecond = Decode(Sts3215.PresentVelocity, block),
        RawLoad = Decode(Sts3215.PresentLoad, block),
        RawVoltage = Decode(Sts3215.PresentVoltage, block),
        TemperatureCelsius = Decode(Sts3215.PresentTemperature, block),
        Errors = (ServoErrors)Decode(Sts3215.Status, block),
        IsMoving = Decode(Sts3215.Moving, block) != 0,
        RawCurrent = Decode(Sts3215.PresentCurrent, block),
    };

    private static int Decode(Register register, ReadOnlySpan<byte> block) =>
        register.Decode(block[(register.Address - Sts3215.PresentPosition.Address)..]);
}
