namespace HilRig.Sim.Batch;

/// <summary>What has happened to one env since its status was last cleared.</summary>
[Flags]
public enum EnvStatus
{
    /// <summary>Nothing: its state is good.</summary>
    Ok = 0,

    /// <summary>A constraint solve did not arrive; do not trust the state.</summary>
    Unconverged = 1,

    /// <summary>A contact did not fit and was left out.</summary>
    ContactOverflow = 2,

    /// <summary>A position, velocity or acceleration is infinite or NaN; reset the env.</summary>
    NotFinite = 4,
}
