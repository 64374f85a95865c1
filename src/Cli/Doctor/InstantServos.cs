using HilRig.Core.RealTime;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Transports;
using HilRig.Devices.Transports.Posix;

namespace HilRig.Cli.Doctor;

/// <summary>
/// The far end of the pseudo-terminal: a thread that answers each sync read at once with ready-made
/// bytes. It has no servo behind it, so what is measured is the host's side and the
/// pseudo-terminal.
/// </summary>
internal sealed class InstantServos : IDisposable
{
    private const long PatienceNanoseconds = 1_000_000_000;

    private readonly PseudoTerminal _terminal;
    private readonly Thread _thread;
    private readonly byte[] _answers;
    private volatile bool _isStopping;

    /// <summary>Starts answering.</summary>
    /// <param name="terminal">The pseudo-terminal; the caller disposes it afterwards.</param>
    /// <param name="ids">Servos that answer, in this order.</param>
    /// <param name="parameterBytes">Bytes each answers with.</param>
    public InstantServos(PseudoTerminal terminal, ReadOnlySpan<byte> ids, int parameterBytes)
    {
        _terminal = terminal;
        int answerBytes = FeetechPacket.OverheadBytes + parameterBytes;
        _answers = new byte[ids.Length * answerBytes];
        byte[] parameters = new byte[parameterBytes];
        for (int index = 0; index < ids.Length; index++)
        {
            FeetechPacket.EncodeStatus(
                _answers.AsSpan(index * answerBytes), ids[index], ServoErrors.None, parameters);
        }

        _thread = new Thread(Answer) { IsBackground = true, Name = "doctor servos" };
        _thread.Start();
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _isStopping = true;
        _thread.Join();
    }

    private void Answer()
    {
        var parser = new FeetechParser();
        while (!_isStopping)
        {
            long deadline = MonotonicClock.NowNanoseconds + (PatienceNanoseconds / 10);
            TransportStatus status =
                _terminal.Read(parser.GetWritable(), deadline, out int count);
            if (status == TransportStatus.Lost)
            {
                return;
            }

            parser.Commit(count);
            while (parser.TryNext(out FeetechFrame frame))
            {
                if (frame.Instruction == FeetechInstruction.SyncRead)
                {
                    _ = _terminal.Write(
                        _answers, MonotonicClock.NowNanoseconds + PatienceNanoseconds);
                }
            }
        }
    }
}
