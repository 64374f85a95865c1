namespace HilRig.Core.Rigs;

/// <summary>
/// What the guardian does with the power switch at an emergency stop: the stop categories of
/// IEC 60204-1. In each of them the agent brings the rig to its safe posture at once.
/// </summary>
public enum EmergencyStopCategory
{
    /// <summary>The power is taken at once; a raised arm falls.</summary>
    RemovePower = 0,

    /// <summary>The power is taken once the safe posture is reached or given up.</summary>
    StopThenRemovePower = 1,

    /// <summary>The rig keeps its power, and so its pose.</summary>
    StopWithPower = 2,
}
