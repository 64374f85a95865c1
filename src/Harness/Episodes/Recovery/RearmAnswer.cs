namespace HilRig.Harness.Episodes.Recovery;

/// <summary>What became of the question whether a stopped rig may be armed again.</summary>
public enum RearmAnswer
{
    /// <summary>The operator has looked at it: it may.</summary>
    Rearm,

    /// <summary>The operator says that it is broken.</summary>
    Broken,

    /// <summary>The operator ends the session.</summary>
    Quit,

    /// <summary>Nobody answered.</summary>
    Silent,

    /// <summary>Somebody asked the program to end.</summary>
    Cancelled,
}
