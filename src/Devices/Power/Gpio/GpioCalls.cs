using System.Runtime.InteropServices;

namespace HilRig.Devices.Power.Gpio;

/// <summary>
/// The character-device interface of Linux GPIO chips, version 2 (linux/gpio.h, since Linux 5.10).
/// </summary>
internal static unsafe class GpioCalls
{
    public const int NameBytes = 32;
    public const int LinesMax = 64;
    public const int AttributesMax = 10;
    public const ulong FlagActiveLow = 1UL << 1;
    public const ulong FlagInput = 1UL << 2;
    public const ulong FlagOutput = 1UL << 3;
    public const ulong FlagBiasPullDown = 1UL << 9;

    // _IOWR(0xB4, 0x07, LineRequest), (0x0E and 0x0F, LineValues).
    public const nuint GetLine = 0xC250_B407;
    public const nuint GetValues = 0xC010_B40E;
    public const nuint SetValues = 0xC010_B40F;

    [StructLayout(LayoutKind.Sequential)]
    public struct Attribute
    {
        public uint Id;
        public uint Padding;
        public ulong Value;
        public ulong Mask;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfiguration
    {
        public ulong Flags;
        public uint AttributeCount;
        public fixed uint Padding[5];
        public fixed ulong Attributes[AttributesMax * 3];
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public fixed uint Offsets[LinesMax];
        public fixed byte Consumer[NameBytes];
        public LineConfiguration Configuration;
        public uint LineCount;
        public uint EventBufferSize;
        public fixed uint Padding[5];
        public int Descriptor;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Mask;
    }
}
