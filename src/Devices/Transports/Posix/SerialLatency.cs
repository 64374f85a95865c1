using System.Buffers.Binary;

namespace HilRig.Devices.Transports.Posix;

/// <summary>Asks a serial driver to hand over received bytes at once (ASYNC_LOW_LATENCY).</summary>
internal static unsafe class SerialLatency
{
    private const nuint GetSerial = 0x541E;
    private const nuint SetSerial = 0x541F;
    private const int LowLatencyFlag = 1 << 13;

    // struct serial_struct is 72 bytes on 64-bit Linux; flags is its fifth int.
    private const int SerialStructBytes = 72;
    private const int FlagsOffset = 16;

    /// <summary>Sets the flag and reads it back.</summary>
    /// <returns>False where the driver has no such setting or refuses.</returns>
    public static bool TryLower(int descriptor)
    {
        Span<byte> settings = stackalloc byte[SerialStructBytes];
        settings.Clear();
        fixed (byte* pointer = settings)
        {
            if (Libc.Control(descriptor, GetSerial, pointer) != 0)
            {
                return false;
            }

            Span<byte> flags = settings.Slice(FlagsOffset, sizeof(int));
            int value = BinaryPrimitives.ReadInt32LittleEndian(flags);
            BinaryPrimitives.WriteInt32LittleEndian(flags, value | LowLatencyFlag);
            if (Libc.Control(descriptor, SetSerial, pointer) != 0)
            {
                return false;
            }

            settings.Clear();
            return Libc.Control(descriptor, GetSerial, pointer) == 0
                && (BinaryPrimitives.ReadInt32LittleEndian(flags) & LowLatencyFlag) != 0;
        }
    }
}
