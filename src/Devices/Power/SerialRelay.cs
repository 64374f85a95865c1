using HilRig.Core.RealTime;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Power;

/// <summary>
/// One channel of the common USB relay boards with a CH340 serial chip. They take four bytes at
/// 9600 baud and answer nothing, so an order can be lost unseen: it is sent three times.
/// </summary>
/// <remarks>
/// <code>
/// A0  channel (1…)  state (0 open, 1 closed)  sum of the three, modulo 256
/// A0 01 01 A2   channel 1 closed
/// A0 01 00 A1   channel 1 open
/// </code>
/// The contact is closed for power (normally open): a board that loses its USB power opens it.
/// </remarks>
public sealed class SerialRelay : IPowerSwitch
{
    /// <summary>Baud rate of these boards.</summary>
    public const int Baud = 9600;

    private const byte Start = 0xA0;
    private const int OrderBytes = 4;
    private const int Repeats = 3;
    private const long WriteNanoseconds = 50_000_000;
    private readonly IByteTransport _port;
    private readonly byte _channel;

    /// <summary>Takes an open port over; nothing is switched.</summary>
    /// <param name="port">The port, at <see cref="Baud"/>.</param>
    /// <param name="channel">Number of the relay on its board, from 1.</param>
    public SerialRelay(IByteTransport port, int channel = 1)
    {
        ArgumentNullException.ThrowIfNull(port);
        ArgumentOutOfRangeException.ThrowIfLessThan(channel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channel, 16);
        _port = port;
        _channel = (byte)channel;
    }

    /// <inheritdoc/>
    public string Name => $"relay {_channel} on {_port.Name}";

    /// <inheritdoc/>
    public PowerSwitchStatus Set(bool isOn)
    {
        Span<byte> order = stackalloc byte[OrderBytes];
        Encode(order, _channel, isOn);
        bool isOut = false;
        for (int i = 0; i < Repeats; i++)
        {
            isOut |= _port.Write(order, MonotonicClock.NowNanoseconds + WriteNanoseconds)
                == TransportStatus.Ok;
        }

        return isOut ? PowerSwitchStatus.Unconfirmed : PowerSwitchStatus.Failed;
    }

    /// <summary>Closes the port; the relay stays as it is.</summary>
    public void Dispose() => _port.Dispose();

    /// <summary>Writes one order.</summary>
    /// <param name="target">Four bytes.</param>
    /// <param name="channel">Relay, from 1.</param>
    /// <param name="isOn">Whether its contact closes.</param>
    internal static void Encode(Span<byte> target, byte channel, bool isOn)
    {
        byte state = isOn ? (byte)1 : (byte)0;
        target[0] = Start;
        target[1] = channel;
        target[2] = state;
        target[3] = (byte)(Start + channel + state);
    }
}
