namespace HilRig.Rig.Doctor;

/// <summary>How much a finding matters.</summary>
public enum Severity
{
    /// <summary>As it should be.</summary>
    Ok,

    /// <summary>Costs speed or regularity; a run still means something.</summary>
    Warn,

    /// <summary>Real time or the rig does not work like this.</summary>
    Fail,
}
