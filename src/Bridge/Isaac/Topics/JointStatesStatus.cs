namespace HilRig.Bridge.Isaac.Topics;

/// <summary>What reading a message of joints ended with.</summary>
internal enum JointStatesStatus
{
    /// <summary>Read.</summary>
    Ok,

    /// <summary>No protobuf, more values than names, or a value of another type.</summary>
    Malformed,

    /// <summary>A joint of the rig is not in it.</summary>
    JointMissing,

    /// <summary>A position or the time is not a finite number.</summary>
    NotFinite,
}
