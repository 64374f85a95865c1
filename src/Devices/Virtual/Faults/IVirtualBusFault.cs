namespace HilRig.Devices.Virtual.Faults;

/// <summary>
/// Something that goes wrong on a virtual bus. Called by the bus's thread only; must not wait or
/// allocate, and must depend on its own state and on arm time only, so that runs repeat.
/// </summary>
public interface IVirtualBusFault
{
    /// <summary>
    /// Called between two steps, before a packet is acted on; may plug servos in and out.
    /// </summary>
    /// <param name="arm">The arm, at the instant the packet has arrived.</param>
    void BeforePacket(VirtualArm arm);

    /// <summary>What happens to a reply.</summary>
    /// <param name="servoId">Who replies.</param>
    /// <param name="armNanoseconds">When it is the servo's turn, time of the arm.</param>
    ReplyEffect OnReply(byte servoId, long armNanoseconds);
}
