using System.Text.Json;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Rigs;
using HilRig.Devices.Power;

namespace HilRig.Rig.Processes;

/// <summary>
/// The power switch of a rig in the guardian's hands: on before the agent looks for servos, off
/// when a take-over ends without every servo's word that it holds. A rig that is held keeps its
/// power: without it the arm would fall.
/// </summary>
internal sealed class GuardedPower : IDisposable
{
    // Servos answer some hundred ms after they have power.
    private const long BootNanoseconds = 700_000_000;
    private readonly IPowerSwitch _switch;
    private readonly TextWriter _log;

    private GuardedPower(IPowerSwitch power, TextWriter log)
    {
        _switch = power;
        _log = log;
    }

    /// <summary>Gives a rig its power; null where it has no switch.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="log">The guardian's log, JSON lines.</param>
    /// <exception cref="DeviceException">The switch is absent or does not switch.</exception>
    public static GuardedPower? TurnOn(RigDescription rig, TextWriter log) =>
        rig.Power is { } described ? TurnOn(PowerSwitches.Open(described), log) : null;

    /// <summary>Gives power by a switch.</summary>
    /// <param name="power">The switch; taken over.</param>
    /// <param name="log">The guardian's log, JSON lines.</param>
    /// <exception cref="DeviceException">It does not switch.</exception>
    public static GuardedPower TurnOn(IPowerSwitch power, TextWriter log)
    {
        var guarded = new GuardedPower(power, log);
        if (guarded.Order(isOn: true) == PowerSwitchStatus.Failed)
        {
            guarded.Dispose();
            throw new DeviceException(
                "The power switch does not switch", power.Name,
                remedy: "check its cable; without it nothing stops servos that do not answer");
        }

        RigClock.Create().SleepUntil(MonotonicClock.NowNanoseconds + BootNanoseconds);
        guarded.Measure();
        return guarded;
    }

    /// <summary>Takes the power away.</summary>
    /// <param name="why">For the log.</param>
    public PowerSwitchStatus Cut(string why) => Order(isOn: false, why);

    /// <inheritdoc/>
    public void Dispose() => _switch.Dispose();

    // Not at a cut: an answer may take its time.
    private void Measure()
    {
        if (_switch is ISupply supply)
        {
            bool isMeasured = supply.TryMeasure(out SupplyReading reading);
            _log.WriteLine(JsonSerializer.Serialize(new
            {
                monotonic_ns = MonotonicClock.NowNanoseconds,
                kind = "supply",
                device = supply.Name,
                volts = isMeasured ? reading.Volts : (double?)null,
                amperes = isMeasured ? reading.Amperes : (double?)null,
            }));
        }
    }

    private PowerSwitchStatus Order(bool isOn, string? why = null)
    {
        PowerSwitchStatus status = _switch.Set(isOn);
        _log.WriteLine(JsonSerializer.Serialize(new
        {
            monotonic_ns = MonotonicClock.NowNanoseconds,
            kind = isOn ? "power on" : "power off",
            device = _switch.Name,
            status = status.ToString(),
            why,
        }));
        return status;
    }
}
