using HilRig.Core.Time;

namespace HilRig.Devices.Agent.RealTime;

/// <summary>
/// Brings a rig from limp to holding its measured pose, and proves it servo by servo. Blocks for at
/// most about a deadman, beating meanwhile; allocates nothing.
/// </summary>
/// <param name="actuators">The servos.</param>
/// <param name="drive">The joints over them.</param>
/// <param name="clock">The rig's clock.</param>
/// <param name="voice">Tells the guardian that the loop lives.</param>
/// <param name="attemptsMin">Attempts before it gives up.</param>
/// <param name="nanosecondsMin">Time that must have passed too before it gives up.</param>
internal sealed class ArmingRoutine(
    RigActuators actuators,
    JointDrive drive,
    IRigClock clock,
    AgentVoice voice,
    int attemptsMin,
    long nanosecondsMin)
{
    private const long PauseNanoseconds = 5_000_000;

    /// <summary>Measures, holds what was measured, and reads it back, until it is so.</summary>
    /// <param name="joint">The joint at fault, or -1.</param>
    /// <returns>Whether every servo holds its measured pose with its normal torque.</returns>
    public bool TryHold(out int joint)
    {
        joint = -1;
        long start = clock.NowNanoseconds;
        for (int attempt = 1; !actuators.IsLost; attempt++)
        {
            // Measured again each time: the arm may have sagged since.
            bool isMeasured = actuators.ReadAll(isPatient: true) && actuators.HaveAllAnswered;
            int atFault = Array.IndexOf(actuators.Answered, false);
            if (isMeasured && drive.HoldMeasured(out atFault))
            {
                joint = -1;
                return true;
            }

            joint = drive.JointToBlame(atFault);
            long now = clock.NowNanoseconds;
            voice.Beat(now);

            // A bus that stalls fails many attempts within milliseconds, so time must run out too.
            if (attempt >= attemptsMin && now - start >= nanosecondsMin)
            {
                return false;
            }

            clock.SleepUntil(now + PauseNanoseconds);
        }

        return false;
    }
}
