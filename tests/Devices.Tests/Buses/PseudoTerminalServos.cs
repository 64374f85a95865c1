using HilRig.Core.RealTime;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Devices.Tests.Buses;

/// <summary>
/// Fake servos behind a real pseudo-terminal, answered by a thread. They are silent while the
/// driver's baud rate is not theirs.
/// </summary>
internal sealed class PseudoTerminalServos : IDisposable
{
    private const long PollNanoseconds = 20_000_000;

    private readonly PseudoTerminal _terminal = PseudoTerminal.Open();
    private readonly FakeLine _line;
    private readonly Thread _thread;
    private readonly Func<int, int> _keep;
    private volatile bool _isStopping;

    /// <summary>Switches the servos on.</summary>
    /// <param name="baud">Their baud rate.</param>
    /// <param name="keep">
    /// Given the number of answer bytes due, how many are sent before the terminal is pulled out;
    /// int.MaxValue never pulls it out.
    /// </param>
    /// <param name="servos">The servos.</param>
    public PseudoTerminalServos(int baud, Func<int, int> keep, params FakeServo[] servos)
    {
        _line = new FakeLine(servos) { AnswersOnlyAtBaud = baud };
        _keep = keep;
        _thread = new Thread(Serve) { IsBackground = true, Name = "fake servos" };
        _thread.Start();
    }

    public string Port => _terminal.SlavePath;

    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
        _terminal.Dispose();
        _line.Dispose();
    }

    private void Serve()
    {
        byte[] buffer = new byte[4096];
        while (!_isStopping && _terminal.IsOpen)
        {
            long deadline = MonotonicClock.NowNanoseconds + PollNanoseconds;
            if (_terminal.Read(buffer, deadline, out int count) != TransportStatus.Ok)
            {
                continue;
            }

            _line.Baud = _terminal.ObservedBaud;
            _line.Write(buffer.AsSpan(0, count), deadline);
            _line.Read(buffer, deadline, out int answered);
            int kept = _keep(answered);
            _terminal.Write(buffer.AsSpan(0, Math.Min(answered, kept)), deadline);
            if (kept != int.MaxValue)
            {
                _terminal.Dispose();
            }
        }
    }
}
