using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;

namespace HilRig.Devices.Buses.RealTime;

/// <summary>
/// Decides which writes may leave this machine; a wrong one can damage an arm for good.
/// </summary>
internal sealed class WriteGuard
{
    private const int ServoCount = FeetechPacket.ServoIdMax + 1;

    private readonly bool[] _mayConfigure = new bool[ServoCount];
    private readonly bool[] _mayChangeIdentity = new bool[ServoCount];

    public void Allow(byte id, ConfigurationLifetime lifetime)
    {
        _mayConfigure[id] = true;
        _mayChangeIdentity[id] = lifetime == ConfigurationLifetime.Permanent;
    }

    public void Forbid(byte id)
    {
        _mayConfigure[id] = false;
        _mayChangeIdentity[id] = false;
    }

    /// <summary>Whether these bytes may be written there.</summary>
    /// <param name="id">Servo, or 254 for all.</param>
    /// <param name="address">First address.</param>
    /// <param name="bytes">Register bytes.</param>
    public bool Allows(byte id, byte address, ReadOnlySpan<byte> bytes)
    {
        int end = address + bytes.Length;
        if (bytes.Length == 0 || (id > FeetechPacket.ServoIdMax && id != FeetechPacket.BroadcastId))
        {
            return false;
        }

        if (address < Register.RamStart && !AllowsConfiguration(id, address, end))
        {
            return false;
        }

        // 128 re-zeroes the encoder: the arm would forget where it is.
        if (ByteAt(Sts3215.TorqueEnable.Address, address, bytes) > Sts3215.TorqueEnable.Max)
        {
            return false;
        }

        // Unlocking belongs to ConfigurationScope alone.
        return ByteAt(Sts3215.Lock.Address, address, bytes) is -1 or 1;
    }

    private bool AllowsConfiguration(byte id, int address, int end)
    {
        if (id == FeetechPacket.BroadcastId || !_mayConfigure[id])
        {
            return false;
        }

        bool touchesIdentity = address <= Sts3215.BaudRate.Address && end > Sts3215.Id.Address;
        return !touchesIdentity || _mayChangeIdentity[id];
    }

    // The byte that would land at a register, or -1.
    private static int ByteAt(int register, int address, ReadOnlySpan<byte> bytes)
    {
        int offset = register - address;
        return offset >= 0 && offset < bytes.Length ? bytes[offset] : -1;
    }
}
