namespace HilRig.Harness.Episodes.RealTime;

/// <summary>Why the controller broke an episode off.</summary>
public enum EpisodeFault
{
    /// <summary>It did not.</summary>
    None,

    /// <summary>The policy gave no valid action.</summary>
    PolicyFailed,

    /// <summary>An observation was not finite: a joint or an object was not measured.</summary>
    NotObserved,

    /// <summary>The places of the objects are too old, or their sensor is gone.</summary>
    SceneLost,

    /// <summary>The conductor did not take the steps in time; none is dropped silently.</summary>
    StepsNotTaken,

    /// <summary>More ticks were missed in a row than the task's period has.</summary>
    PeriodMissed,
}
