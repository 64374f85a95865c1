namespace HilRig.Devices.Virtual.Faults;

/// <summary>Some replies of a servo are lost, corrupt or late.</summary>
/// <param name="faultyServoId">Bus id; null for every servo.</param>
/// <param name="effect">What happens to them.</param>
/// <param name="every">1 for each reply, n for each n-th.</param>
/// <param name="fromSeconds">From when on, time of the arm, s.</param>
public sealed class ReplyFault(
    byte? faultyServoId, ReplyEffect effect, int every = 1, double fromSeconds = 0)
    : IVirtualBusFault
{
    private readonly long _fromNanoseconds = (long)(fromSeconds * 1e9);
    private readonly int _every = Math.Max(1, every);
    private long _seen;

    /// <inheritdoc/>
    public void BeforePacket(VirtualArm arm)
    {
    }

    /// <inheritdoc/>
    public ReplyEffect OnReply(byte servoId, long armNanoseconds)
    {
        if ((faultyServoId is byte only && only != servoId) || armNanoseconds < _fromNanoseconds)
        {
            return default;
        }

        _seen++;
        return _seen % _every == 0 ? effect : default;
    }
}
