namespace HilRig.Devices.Agent.RealTime;

/// <summary>How far a rig is on its way to the safe posture.</summary>
public enum PosturePhase
{
    /// <summary>No posture has been asked for.</summary>
    Idle,

    /// <summary>The posture is being written; some servo has not confirmed it yet.</summary>
    Taking,

    /// <summary>Every servo has confirmed; the rig holds before it lowers.</summary>
    Holding,

    /// <summary>Every servo has confirmed; the rig lowers to its rest position.</summary>
    Lowering,

    /// <summary>The posture is reached and confirmed.</summary>
    Reached,
}
