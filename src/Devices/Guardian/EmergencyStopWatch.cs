using HilRig.Core.RealTime;
using HilRig.Devices.Power;

namespace HilRig.Devices.Guardian;

/// <summary>
/// A rig's emergency stop in the guardian's hands: reads it at every look, tells the agent through
/// the page and calls out the press. A contact bounces, so a release counts only after ten looks.
/// For one thread.
/// </summary>
/// <param name="input">The input.</param>
/// <param name="page">The page that the agent reads.</param>
/// <param name="onPressed">Called once at each press.</param>
internal sealed class EmergencyStopWatch(
    IEmergencyStop input, HeartbeatPage page, Action? onPressed)
{
    private const int ReleasedLooksMin = 10;
    private int _releasedLooks = ReleasedLooksMin;

    /// <summary>What it is and where, for messages.</summary>
    public string Name => input.Name;

    /// <summary>What was read last.</summary>
    public EmergencyStopStatus Status { get; private set; } = EmergencyStopStatus.Released;

    /// <summary>Reads it once.</summary>
    /// <param name="now">Now, CLOCK_MONOTONIC ns.</param>
    /// <returns>Whether it has just been pressed or lost, or released.</returns>
    public bool Look(long now)
    {
        Status = input.Read();
        bool wasPressed = page.EmergencyStopNanoseconds != 0;
        if (Status != EmergencyStopStatus.Released)
        {
            _releasedLooks = 0;
            if (!wasPressed)
            {
                page.EmergencyStopNanoseconds = now;
                onPressed?.Invoke();
            }

            return !wasPressed;
        }

        if (!wasPressed || ++_releasedLooks < ReleasedLooksMin)
        {
            return false;
        }

        page.EmergencyStopNanoseconds = 0;
        return true;
    }
}
