namespace HilRig.Learning.Agents;

/// <summary>Outcome of an update. After any but the first no weight has been changed.</summary>
internal enum UpdateStatus
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>
    /// The loss or its gradient is not a finite number: stop, and go back to the last snapshot.
    /// </summary>
    LossNotFinite,

    /// <summary>
    /// The critics' values left the range of returns by far: stop, and go back to the last
    /// snapshot.
    /// </summary>
    ValueDiverged,
}
