namespace HilRig.Devices.Virtual.Faults;

/// <summary>Some replies of a servo are lost, corrupt or late.</summary>
/// <param name="faultyServoId">Bus id; null for every servo.</param>
/// <param name="effect">What happens to them.</param>
/// <param name="every">1 for each reply, n for each n-th.</param>
/// <param name="start">From when on; default at once.</param>
public sealed class ReplyFault(
    byte? faultyServoId, ReplyEffect effect, int every = 1, FaultStart start = default)
    : IVirtualBusFault
{
    private readonly int _every = Math.Max(1, every);
    private long? _fromNanoseconds;
    private long _seen;

    /// <inheritdoc/>
    public void BeforePacket(VirtualArm arm) => _fromNanoseconds ??= start.Find(arm);

    /// <inheritdoc/>
    public ReplyEffect OnReply(byte servoId, long armNanoseconds)
    {
        var isMeant = faultyServoId is null || faultyServoId == servoId;
        if (!isMeant || _fromNanoseconds is not long from || armNanoseconds < from)
        {
            return default;
        }

        _seen++;
        return _seen % _every == 0 ? effect : default;
    }
}
