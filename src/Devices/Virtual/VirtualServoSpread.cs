using HilRig.Core.Sampling;

namespace HilRig.Devices.Virtual;

/// <summary>
/// How much servos of one type differ. Each figure is the half width of a uniform distribution:
/// relative for the factors, absolute where a unit is given.
/// </summary>
public sealed record VirtualServoSpread
{
    /// <summary>No two servos differ.</summary>
    public static VirtualServoSpread None { get; } = new();

    /// <summary>Relative, of torque constant and resistance (drawn apart).</summary>
    public double Motor { get; init; }

    /// <summary>Relative, of Coulomb, Stribeck, viscous and load friction (one draw).</summary>
    public double Friction { get; init; }

    /// <summary>Relative, of the backlash.</summary>
    public double Backlash { get; init; }

    /// <summary>Absolute, of the zero of the assembly, ticks.</summary>
    public double ZeroErrorTicks { get; init; }

    /// <summary>A spread from named numbers, such as the keys of a servo file.</summary>
    /// <param name="entries">Values by name, camel case.</param>
    /// <param name="where">File, for the message.</param>
    /// <exception cref="Core.Errors.ScenarioException">
    /// A key is unknown or missing, or a value out of range.
    /// </exception>
    public static VirtualServoSpread FromEntries(
        IReadOnlyDictionary<string, double> entries, string where)
    {
        var spread = new VirtualServoSpread();
        NamedNumbers.Fill(spread, entries, where, spread.Faults);
        return spread;
    }

    /// <summary>
    /// The parameters of one servo: the same for the same seed and id on every machine.
    /// </summary>
    /// <param name="nominal">Parameters of the type.</param>
    /// <param name="seed">Seed of the rig.</param>
    /// <param name="id">Bus id of the servo.</param>
    public VirtualServoParameters Sample(VirtualServoParameters nominal, ulong seed, byte id)
    {
        var random = new CounterRandom(seed, id);
        var friction = 1 + (Friction * random.Symmetric(2));
        return nominal with
        {
            TorqueConstant = nominal.TorqueConstant * (1 + (Motor * random.Symmetric(0))),
            Resistance = nominal.Resistance * (1 + (Motor * random.Symmetric(1))),
            CoulombFriction = nominal.CoulombFriction * friction,
            StribeckFriction = nominal.StribeckFriction * friction,
            ViscousFriction = nominal.ViscousFriction * friction,
            LoadFriction = Math.Min(0.9, nominal.LoadFriction * friction),
            Backlash = nominal.Backlash * (1 + (Backlash * random.Symmetric(3))),
            ZeroErrorTicks = nominal.ZeroErrorTicks + (ZeroErrorTicks * random.Symmetric(4)),
        };
    }

    private IEnumerable<string> Faults()
    {
        double[] relative = [Motor, Friction, Backlash];
        if (relative.Any(value => value is not (>= 0 and < 1))
            || !double.IsFinite(ZeroErrorTicks) || ZeroErrorTicks < 0)
        {
            yield return "a spread must be 0 to below 1 (relative) or not negative (ticks)";
        }
    }
}
