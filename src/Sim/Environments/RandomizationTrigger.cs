namespace HilRig.Sim.Environments;

/// <summary>When something is randomised.</summary>
public enum RandomizationTrigger
{
    /// <summary>Once, when the environment is made.</summary>
    Startup,

    /// <summary>Each time an env is reset.</summary>
    Reset,

    /// <summary>Again and again while an episode runs.</summary>
    Interval,
}
