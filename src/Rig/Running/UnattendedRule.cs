using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Rig.Processes;

namespace HilRig.Rig.Running;

/// <summary>When a rig may run with nobody beside it.</summary>
internal static class UnattendedRule
{
    /// <summary>Refuses a real rig that nothing but its bus can stop.</summary>
    /// <param name="rig">The rig.</param>
    /// <exception cref="ScenarioException">It may not run unattended.</exception>
    public static void Require(RigDescription rig)
    {
        bool isReal = rig.Buses.Any(bus => bus.Port != RigProcesses.VirtualPort);
        if (isReal && rig.Power is null && rig.UnattendedAcknowledgedBy is null)
        {
            throw new ScenarioException(
                "An unattended run needs a stop that does not depend on the servos' bus",
                rig.Path,
                "a 'power' block (a relay in the servos' supply)",
                "none",
                "add one; or, if another device stops the arm, the line "
                    + "'unattendedWithoutIndependentStop: acknowledged by NAME' in the rig file; "
                    + "or stay beside the rig and run without --unattended");
        }
    }
}
