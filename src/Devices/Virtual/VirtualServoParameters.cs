using System.Reflection;
using System.Runtime.CompilerServices;
using HilRig.Core.Errors;
using HilRig.Devices.Virtual.Servos;

namespace HilRig.Devices.Virtual;

/// <summary>
/// Physics of one virtual servo, SI units, everything seen at the output shaft (a torque constant
/// is the motor's times the gear ratio). Sources of the shipped values: rigs/servos.
/// </summary>
public sealed record VirtualServoParameters
{
    /// <summary>Torque constant and back-EMF constant, N·m/A = V·s/rad. Above 0.</summary>
    public required double TorqueConstant { get; init; }

    /// <summary>Terminal resistance of motor and bridge, Ω. Above 0.</summary>
    public required double Resistance { get; init; }

    /// <summary>Largest duty cycle the bridge reaches, 0 to 1.</summary>
    public required double DutyMax { get; init; }

    /// <summary>
    /// Duty cycle per radian of error and unit of the P register, 1/rad; 0.166 was seen on an
    /// oscilloscope (BAM, arXiv 2410.08650).
    /// </summary>
    public required double ErrorGain { get; init; }

    /// <summary>Rotor inertia seen at the output shaft, kg·m². Above 0.</summary>
    public required double RotorInertia { get; init; }

    /// <summary>Coulomb friction of motor and gear, N·m.</summary>
    public required double CoulombFriction { get; init; }

    /// <summary>Friction above Coulomb's at standstill, N·m; fades as exp(−(ω/ω_s)²).</summary>
    public required double StribeckFriction { get; init; }

    /// <summary>Velocity ω_s at which the Stribeck part has fallen to 1/e, rad/s.</summary>
    public required double StribeckVelocity { get; init; }

    /// <summary>Viscous friction, N·m·s/rad.</summary>
    public required double ViscousFriction { get; init; }

    /// <summary>
    /// Friction per torque that the teeth carry, 0 to below 1: a gear of efficiency η has about 1 −
    /// η.
    /// </summary>
    public required double LoadFriction { get; init; }

    /// <summary>Free play between rotor and output shaft, whole width, rad.</summary>
    public required double Backlash { get; init; }

    /// <summary>Stiffness of the teeth in contact, N·m/rad.</summary>
    public required double GearStiffness { get; init; }

    /// <summary>
    /// Damping ratio of the teeth in contact, against rotor and load swinging on them; 1 is
    /// critical. Stiffness and damping are lowered where the load is too light for the step; see
    /// <c>GearedMotor</c>.
    /// </summary>
    public required double GearDampingRatio { get; init; }

    /// <summary>
    /// Drag of the grease between rotor and output shaft inside the backlash, N·m·s/rad. Without it
    /// a servo that carries no load rattles between the flanks for long.
    /// </summary>
    public required double BacklashDamping { get; init; }

    /// <summary>Fastest set-point of the firmware, rad/s.</summary>
    public required double ProfileVelocityMax { get; init; }

    /// <summary>
    /// Time from a write to the firmware acting on it, s; 0 to 0.03, in whole firmware ticks.
    /// </summary>
    public required double FirmwareLatency { get; init; }

    /// <summary>Amplitude of the encoder's once-a-turn error (magnet off centre), rad.</summary>
    public required double EncoderEccentricity { get; init; }

    /// <summary>Error of the assembly: encoder reading at the nominal zero, ticks.</summary>
    public required double ZeroErrorTicks { get; init; }

    /// <summary>Current of the electronics, A.</summary>
    public required double IdleCurrent { get; init; }

    /// <summary>Heat capacity of the case, J/K.</summary>
    public required double HeatCapacity { get; init; }

    /// <summary>Thermal resistance from the case to the room, K/W.</summary>
    public required double ThermalResistance { get; init; }

    /// <summary>Highest supply voltage register 14 allows, V.</summary>
    public required double SupplyVoltsMax { get; init; }

    /// <summary>
    /// Parameters from named numbers, such as the keys of a servo file: each property once, in
    /// camel case.
    /// </summary>
    /// <param name="entries">Values by name, SI.</param>
    /// <param name="where">File, for the message.</param>
    /// <exception cref="ScenarioException">
    /// A key is unknown or missing, or a value out of range.
    /// </exception>
    public static VirtualServoParameters FromEntries(
        IReadOnlyDictionary<string, double> entries, string where)
    {
        var parameters = (VirtualServoParameters)RuntimeHelpers.GetUninitializedObject(
            typeof(VirtualServoParameters));
        NamedNumbers.Fill(parameters, entries, where, parameters.Faults);
        return parameters;
    }

    /// <summary>What is out of range, one sentence each.</summary>
    internal IEnumerable<string> Faults()
    {
        foreach (var property in Properties)
        {
            var value = (double)property.GetValue(this)!;
            var positive = property.Name is nameof(TorqueConstant) or nameof(Resistance)
                or nameof(DutyMax) or nameof(RotorInertia) or nameof(StribeckVelocity)
                or nameof(GearStiffness) or nameof(HeatCapacity) or nameof(ThermalResistance)
                or nameof(ProfileVelocityMax);
            var signed = property.Name == nameof(ZeroErrorTicks);
            if (!double.IsFinite(value) || (positive && value <= 0) || (!signed && value < 0))
            {
                var key = NamedNumbers.KeyOf(property);
                yield return FormattableString.Invariant($"'{key}' cannot be {value}");
            }
        }

        if (DutyMax > 1 || LoadFriction >= 1)
        {
            yield return "'dutyMax' must not exceed 1, 'loadFriction' must be below 1";
        }

        if (FirmwareLatency > ServoFirmware.LatencyTicksMax * ServoFirmware.PeriodSeconds)
        {
            yield return "'firmwareLatency' must not exceed 0.03 s";
        }
    }

    /// <summary>Adds every value to a digest, in the order of the properties.</summary>
    internal void Digest(ref StateDigest digest)
    {
        foreach (var property in Properties)
        {
            digest.Add(property.Name);
            digest.Add((double)property.GetValue(this)!);
        }
    }

    private static PropertyInfo[] Properties { get; } =
        NamedNumbers.PropertiesOf(typeof(VirtualServoParameters));
}
