using System.Runtime.InteropServices;

namespace HilRig.Cli.Running;

/// <summary>
/// Ctrl-C and SIGTERM: the first asks the run to stop in order (safe posture, reports), the second
/// ends this process at once, and the guardian does the rest.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _registrations = [];

    private StopSignals(Action<PosixSignalContext, CancellationTokenSource> onSignal)
    {
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP];
        foreach (PosixSignal signal in signals)
        {
            _registrations.Add(PosixSignalRegistration.Create(
                signal, context => onSignal(context, _stop)));
        }
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Signals of a process that a person started.</summary>
    public static StopSignals OfForeground() => new((context, stop) =>
    {
        context.Cancel = !stop.IsCancellationRequested;
        if (context.Cancel)
        {
            Console.Error.WriteLine("hilrig: stopping; once more to end at once.");
            stop.Cancel();
        }
    });

    /// <summary>
    /// Signals of a child: Ctrl-C reaches the whole group, but only the parent decides; SIGTERM
    /// asks the child itself.
    /// </summary>
    public static StopSignals OfChild() => new((context, stop) =>
    {
        context.Cancel = true;
        if (context.Signal == PosixSignal.SIGTERM)
        {
            stop.Cancel();
        }
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations)
        {
            registration.Dispose();
        }

        _stop.Dispose();
    }
}
