namespace HilRig.Devices.Virtual.Faults;

/// <summary>
/// A servo's plug falls out: from an instant on it neither hears nor answers, and its motor keeps
/// doing what it did.
/// </summary>
/// <param name="lostServoId">Bus id.</param>
/// <param name="start">From when on; default at once.</param>
public sealed class ServoDropoutFault(byte lostServoId, FaultStart start = default)
    : IVirtualBusFault
{
    private long? _fromNanoseconds;
    private bool _isOut;

    /// <inheritdoc/>
    public void BeforePacket(VirtualArm arm)
    {
        _fromNanoseconds ??= start.Find(arm);
        if (!_isOut && arm.ArmNanoseconds >= _fromNanoseconds)
        {
            _isOut = true;
            arm.Connect(lostServoId, false);
        }
    }

    /// <inheritdoc/>
    public ReplyEffect OnReply(byte servoId, long armNanoseconds) => default;
}
