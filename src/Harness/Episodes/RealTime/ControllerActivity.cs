namespace HilRig.Harness.Episodes.RealTime;

/// <summary>What the controller of a session does.</summary>
internal enum ControllerActivity
{
    /// <summary>It holds the goals in force.</summary>
    Holding,

    /// <summary>It goes to a pose.</summary>
    Moving,

    /// <summary>It runs an episode.</summary>
    Episode,
}
