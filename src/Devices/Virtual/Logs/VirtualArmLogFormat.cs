namespace HilRig.Devices.Virtual.Logs;

/// <summary>
/// Layout of a virtual arm's log, little endian:
/// <code>
/// header  "HILRARM1" · u64 hash of the options · u64 seed · i32 dof · dof × f64 initial position
/// record  u8 tag · varint steps since the record before · body
///   1 packet   varint baud · u8 id · u8 instruction · u8 count · count bytes
///   2 plug     u8 id · u8 plugged
///   3 end      u64 state hash after this step
///   5 power    u8 on
///   6 place    u8 count · count × f64 places of the scene's objects
///   4 lost     (no body) records from here on are missing: the disk was too slow
/// </code>
/// A log that ends without tag 3 was cut off (the process died); what is there still replays.
/// </summary>
internal static class VirtualArmLogFormat
{
    internal const byte Packet = 1;
    internal const byte Plug = 2;
    internal const byte End = 3;
    internal const byte Lost = 4;
    internal const byte Power = 5;
    internal const byte Placement = 6;

    internal static ReadOnlySpan<byte> Magic => "HILRARM1"u8;
}
