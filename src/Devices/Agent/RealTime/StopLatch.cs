using HilRig.Core.Joints;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// The one place that knows whether the rig may move. A stop is latched with its first reason; only
/// <see cref="TryClear"/> lifts it. Allocates nothing.
/// </summary>
internal sealed class StopLatch
{
    /// <summary>Condition of the rig.</summary>
    public PlantHealth Health { get; private set; } = PlantHealth.Disarmed;

    /// <summary>Why it stopped first; None while it has not.</summary>
    public StopReason Reason { get; private set; }

    /// <summary>Joint that caused the stop, or -1.</summary>
    public int Joint { get; private set; } = -1;

    /// <summary>When it stopped, CLOCK_MONOTONIC ns; 0 while it has not.</summary>
    public long StopNanoseconds { get; private set; }

    /// <summary>Whether a stop is latched.</summary>
    public bool IsLatched => Health is PlantHealth.Stopped or PlantHealth.Faulted;

    /// <summary>Arms; refused while a stop is latched.</summary>
    public bool TryArm()
    {
        if (IsLatched)
        {
            return false;
        }

        Health = PlantHealth.Armed;
        return true;
    }

    /// <summary>
    /// Latches a stop. The first reason stays; a device fault that follows only worsens the health.
    /// </summary>
    /// <param name="reason">Why.</param>
    /// <param name="joint">Joint that caused it, or -1.</param>
    /// <param name="nowNanoseconds">Now.</param>
    /// <returns>True when this call latched it.</returns>
    public bool Stop(StopReason reason, int joint, long nowNanoseconds)
    {
        PlantHealth health = HealthAfter(reason);
        if (IsLatched)
        {
            Health = Health == PlantHealth.Faulted ? PlantHealth.Faulted : health;
            return false;
        }

        Health = health;
        Reason = reason;
        Joint = joint;
        StopNanoseconds = nowNanoseconds;
        return true;
    }

    /// <summary>Clears the latch: a person has asked to re-arm.</summary>
    /// <param name="devicesAreWell">Whether every servo answers without an error now.</param>
    /// <returns>False when a device is still at fault; the latch stays then.</returns>
    public bool TryClear(bool devicesAreWell)
    {
        if (!devicesAreWell)
        {
            return false;
        }

        if (IsLatched)
        {
            Health = PlantHealth.Disarmed;
            Reason = StopReason.None;
            Joint = -1;
            StopNanoseconds = 0;
        }

        return true;
    }

    private static PlantHealth HealthAfter(StopReason reason) => reason switch
    {
        StopReason.ServoLost or StopReason.ServoError or StopReason.BusLost => PlantHealth.Faulted,
        StopReason.None or StopReason.Requested or StopReason.DeadmanExpired
            or StopReason.IllegalCommand or StopReason.AgentDied or StopReason.HostDied
            or StopReason.Unguarded or StopReason.EmergencyStop
            => PlantHealth.Stopped,
    };
}
