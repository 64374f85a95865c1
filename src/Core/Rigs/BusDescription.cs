namespace HilRig.Core.Rigs;

/// <summary>A servo bus and the port it hangs on.</summary>
/// <param name="Name">Name that joints refer to.</param>
/// <param name="Port">
/// "/dev/ttyACM0" or "/dev/serial/by-id/…" (POSIX), "COM3" (System.IO.Ports), "tcp://host:port", or
/// "virtual" (the port of the emulator that HilRig starts). A packet-clocked controller has
/// "udp://host:port" or "virtual".
/// </param>
/// <param name="Baud">Bits per second; 0 where the protocol has none.</param>
/// <param name="Protocol">"feetech-sts" or "packet-clocked".</param>
public sealed record BusDescription(string Name, string Port, int Baud, string Protocol);
