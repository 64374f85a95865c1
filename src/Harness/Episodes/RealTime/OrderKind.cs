namespace HilRig.Harness.Episodes.RealTime;

/// <summary>What the controller of a session is ordered to do.</summary>
internal enum OrderKind
{
    /// <summary>Freeze at the goals in force.</summary>
    Hold,

    /// <summary>Go to a pose at limited speed, then hold.</summary>
    Move,

    /// <summary>Run one episode, then hold.</summary>
    Episode,

    /// <summary>Nothing more to do: the loop ends and the plant takes its safe posture.</summary>
    End,
}
