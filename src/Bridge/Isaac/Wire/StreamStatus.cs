namespace HilRig.Bridge.Isaac.Wire;

/// <summary>What reading one frame of the camera stream ended with.</summary>
internal enum StreamStatus
{
    /// <summary>Read.</summary>
    Ok,

    /// <summary>
    /// The bytes are no protobuf message, or a part of it has fields of another type. Dropped and
    /// counted.
    /// </summary>
    Malformed,

    /// <summary>
    /// Nothing in it belongs to a camera stream. Dropped and counted.
    /// </summary>
    Foreign,

    /// <summary>An image has another size than agreed. Dropped and counted.</summary>
    WrongImageSize,
}
