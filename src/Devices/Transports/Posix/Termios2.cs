using System.Runtime.InteropServices;

namespace HilRig.Devices.Transports.Posix;

/// <summary>
/// Terminal settings with free choice of baud rate: struct termios2 of Linux (asm-generic, the same
/// on x64 and arm64).
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Termios2
{
    private const nuint GetSettings = 0x802C542A;
    private const nuint SetSettings = 0x402C542B;

    private const uint CharacterSize8 = 0x30;
    private const uint EnableReceiver = 0x80;
    private const uint IgnoreModemLines = 0x800;
    private const uint BaudFromSpeedFields = 0x1000;
    private const int MinimumIndex = 6;
    private const int TimeIndex = 5;

    public uint InputFlags;
    public uint OutputFlags;
    public uint ControlFlags;
    public uint LocalFlags;
    public byte LineDiscipline;
    public fixed byte ControlCharacters[19];
    public uint InputSpeed;
    public uint OutputSpeed;

    /// <summary>Reads a terminal's settings.</summary>
    /// <returns>
    /// False with the error in <see cref="Libc.LastError"/>; ENOTTY when it is no terminal.
    /// </returns>
    public static bool TryGet(int descriptor, out Termios2 settings)
    {
        settings = default;
        fixed (Termios2* pointer = &settings)
        {
            return Libc.Control(descriptor, GetSettings, pointer) == 0;
        }
    }

    /// <summary>
    /// Sets 8 data bits, no parity, 1 stop bit, no flow control, no line editing.
    /// </summary>
    /// <returns>False with the error in <see cref="Libc.LastError"/>.</returns>
    public static bool TrySetRaw(int descriptor, int baud)
    {
        if (!TryGet(descriptor, out Termios2 settings))
        {
            return false;
        }

        settings.InputFlags = 0;
        settings.OutputFlags = 0;
        settings.LocalFlags = 0;
        settings.ControlFlags =
            CharacterSize8 | EnableReceiver | IgnoreModemLines | BaudFromSpeedFields;
        settings.InputSpeed = (uint)baud;
        settings.OutputSpeed = (uint)baud;

        // At least one byte: then a read of zero bytes always means that the line hung up.
        settings.ControlCharacters[MinimumIndex] = 1;
        settings.ControlCharacters[TimeIndex] = 0;
        return Libc.Control(descriptor, SetSettings, &settings) == 0;
    }
}
