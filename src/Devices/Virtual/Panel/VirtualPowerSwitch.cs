using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Devices.Power;

namespace HilRig.Devices.Virtual.Panel;

/// <summary>The switched supply of an emulated rig; it answers and measures.</summary>
/// <param name="panel">An open panel; taken over.</param>
public sealed class VirtualPowerSwitch(VirtualPanel panel) : ISupply
{
    private const long AnswerNanosecondsMax = 250_000_000;
    private const long LookNanoseconds = 500_000;
    private readonly IRigClock _clock = RigClock.Create();

    /// <inheritdoc/>
    public string Name => "power relay of " + panel.Path;

    /// <inheritdoc/>
    public PowerSwitchStatus Set(bool isOn)
    {
        panel.IsCoilOn = isOn;
        long giveUp = _clock.NowNanoseconds + AnswerNanosecondsMax;
        while (panel.IsRelayClosed != isOn && _clock.NowNanoseconds < giveUp)
        {
            _clock.SleepUntil(_clock.NowNanoseconds + LookNanoseconds);
        }

        return panel.IsRelayClosed == isOn
            ? PowerSwitchStatus.Confirmed
            : PowerSwitchStatus.Failed;
    }

    /// <inheritdoc/>
    public bool TryMeasure(out SupplyReading reading)
    {
        reading = panel.Reading;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => panel.Dispose();
}
