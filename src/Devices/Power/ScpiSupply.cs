using System.Globalization;
using System.Text;
using HilRig.Core.RealTime;
using HilRig.Devices.Transports;

namespace HilRig.Devices.Power;

/// <summary>
/// A laboratory supply with one output that speaks SCPI (SCPI-1999) over a serial port or TCP.
/// Voltage and current limit are a person's to set; an order is believed when the supply says so.
/// </summary>
/// <remarks>
/// <code>
/// OUTP ON | OUTP OFF      the output, no answer
/// OUTP?                   1 or 0
/// MEAS:VOLT? MEAS:CURR?   a number, V or A
/// </code>
/// </remarks>
public sealed class ScpiSupply : ISupply
{
    /// <summary>Baud rate where the rig file names none.</summary>
    public const int Baud = 9600;

    private const int LineBytesMax = 64;
    private const long AnswerNanosecondsMax = 500_000_000;
    private readonly IByteTransport _port;
    private readonly byte[] _line = new byte[LineBytesMax];

    /// <summary>Takes an open port over; nothing is switched.</summary>
    /// <param name="port">The port, at the supply's baud rate.</param>
    public ScpiSupply(IByteTransport port)
    {
        ArgumentNullException.ThrowIfNull(port);
        _port = port;
    }

    /// <inheritdoc/>
    public string Name => "supply on " + _port.Name;

    /// <inheritdoc/>
    public PowerSwitchStatus Set(bool isOn) =>
        Say(isOn ? "OUTP ON\n" : "OUTP OFF\n")
            && TryAsk("OUTP?\n", out double output) && output == (isOn ? 1 : 0)
            ? PowerSwitchStatus.Confirmed
            : PowerSwitchStatus.Failed;

    /// <inheritdoc/>
    public bool TryMeasure(out SupplyReading reading)
    {
        reading = default;
        if (!TryAsk("MEAS:VOLT?\n", out double volts)
            || !TryAsk("MEAS:CURR?\n", out double amperes))
        {
            return false;
        }

        reading = new SupplyReading(volts, amperes);
        return true;
    }

    /// <summary>Closes the port; the output stays as it is.</summary>
    public void Dispose() => _port.Dispose();

    private bool Say(string line) =>
        _port.Write(Encoding.ASCII.GetBytes(line), Deadline()) == TransportStatus.Ok;

    // What came before the question answers another one.
    private bool TryAsk(string question, out double answer)
    {
        answer = double.NaN;
        _port.DiscardInput();
        if (!Say(question))
        {
            return false;
        }

        long deadline = Deadline();
        int filled = 0;
        while (filled < _line.Length
            && _port.Read(_line.AsSpan(filled), deadline, out int count) == TransportStatus.Ok)
        {
            filled += count;
            int end = _line.AsSpan(0, filled).IndexOf((byte)'\n');
            if (end >= 0)
            {
                return double.TryParse(
                    Encoding.ASCII.GetString(_line, 0, end).Trim(),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out answer) && double.IsFinite(answer);
            }
        }

        return false;
    }

    private static long Deadline() => MonotonicClock.NowNanoseconds + AnswerNanosecondsMax;
}
