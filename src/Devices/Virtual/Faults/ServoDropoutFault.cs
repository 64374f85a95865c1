namespace HilRig.Devices.Virtual.Faults;

/// <summary>
/// A servo's plug falls out: from an instant on it neither hears nor answers, and its motor keeps
/// doing what it did.
/// </summary>
/// <param name="lostServoId">Bus id.</param>
/// <param name="fromSeconds">When, time of the arm, s; 0 is at once.</param>
public sealed class ServoDropoutFault(byte lostServoId, double fromSeconds = 0) : IVirtualBusFault
{
    private readonly long _fromNanoseconds = (long)(fromSeconds * 1e9);
    private bool _isOut;

    /// <inheritdoc/>
    public void BeforePacket(VirtualArm arm)
    {
        if (!_isOut && arm.ArmNanoseconds >= _fromNanoseconds)
        {
            _isOut = true;
            arm.Connect(lostServoId, false);
        }
    }

    /// <inheritdoc/>
    public ReplyEffect OnReply(byte servoId, long armNanoseconds) => default;
}
