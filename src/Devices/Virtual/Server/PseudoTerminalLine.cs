using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Virtual.Server;

/// <summary>
/// A pseudo-terminal: hosts come and go without a trace, and their baud rate shows.
/// </summary>
internal sealed class PseudoTerminalLine(int initialBaud) : IVirtualBusLine
{
    private readonly PseudoTerminal _terminal = PseudoTerminal.Open(initialBaud);

    public string PortName => _terminal.SlavePath;

    public int ObservedBaud => _terminal.ObservedBaud;

    public int HostCount => 1;

    public TransportStatus Read(Span<byte> target, long deadlineNanoseconds, out int count) =>
        _terminal.Read(target, deadlineNanoseconds, out count);

    public void Write(ReadOnlySpan<byte> bytes) => _terminal.Write(bytes, 0);

    public void Dispose() => _terminal.Dispose();
}
