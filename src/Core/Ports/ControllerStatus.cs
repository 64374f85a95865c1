namespace HilRig.Core.Ports;

/// <summary>What one computation of a command ended with.</summary>
public enum ControllerStatus
{
    /// <summary>The command is good.</summary>
    Ok,

    /// <summary>The controller has nothing more to do; the run ends normally.</summary>
    Done,

    /// <summary>
    /// The controller failed (a policy gave NaN); the run is aborted and the plant stops.
    /// </summary>
    Failed,
}
