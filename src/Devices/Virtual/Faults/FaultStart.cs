using HilRig.Devices.Registers;

namespace HilRig.Devices.Virtual.Faults;

/// <summary>When a fault begins.</summary>
/// <param name="Seconds">Time of the arm, s; or time since the torque came on.</param>
/// <param name="SinceTorqueOn">
/// Whether the time counts from the first instant at which any servo has its torque on, so that a
/// fault falls into a run however long its set-up took.
/// </param>
public readonly record struct FaultStart(double Seconds, bool SinceTorqueOn = false)
{
    /// <summary>From power-on.</summary>
    public static FaultStart AtOnce { get; }

    /// <summary>
    /// Instant of the start, time of the arm, ns; null while it is not known yet.
    /// </summary>
    internal long? Find(VirtualArm arm)
    {
        var delay = (long)(Seconds * 1e9);
        if (!SinceTorqueOn)
        {
            return delay;
        }

        foreach (var servo in arm.Servos)
        {
            if (servo.Table.Get(Sts3215.TorqueEnable) != 0)
            {
                return arm.ArmNanoseconds + delay;
            }
        }

        return null;
    }
}
