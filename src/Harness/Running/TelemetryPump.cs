using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Telemetry;
using HilRig.Core.Time;

namespace HilRig.Harness.Running;

/// <summary>
/// The recorder's thread: takes finished ticks off the ring into the recording, the trace and the
/// histograms. It may be slow; the loop never waits for it.
/// </summary>
internal sealed class TelemetryPump : IDisposable
{
    private const int PauseMilliseconds = 2;
    private readonly SpscRing<TickRecord> _ring;
    private readonly ITelemetrySink _sink;
    private readonly IRigClock _clock;
    private readonly ITickObserver _journal;
    private readonly Thread _thread;
    private readonly ManualResetEventSlim _finish = new();

    /// <summary>Starts the thread.</summary>
    /// <param name="ring">Where ticks come from.</param>
    /// <param name="sink">The recording.</param>
    /// <param name="clock">The clock of stamps.</param>
    /// <param name="journal">What else looks at finished ticks.</param>
    internal TelemetryPump(
        SpscRing<TickRecord> ring, ITelemetrySink sink, IRigClock clock, ITickObserver journal)
    {
        _ring = ring;
        _sink = sink;
        _clock = clock;
        _journal = journal;
        _thread = new Thread(Run) { IsBackground = true, Name = "hilrig recorder" };
        _thread.Start();
    }

    /// <summary>Empties the ring and ends the thread.</summary>
    public void Dispose()
    {
        _finish.Set();
        _thread.Join();
        _finish.Dispose();
    }

    private void Run()
    {
        bool isLast;
        do
        {
            isLast = _finish.Wait(PauseMilliseconds);
            while (_ring.TryBeginRead(out TickRecord? record))
            {
                _sink.Append(record);
                if (record.Stamps.Recorded == 0)
                {
                    record.Stamps = record.Stamps with { Recorded = _clock.NowNanoseconds };
                }

                _journal.Observe(record);
                _ring.CommitRead();
            }

            _journal.Look();
        }
        while (!isLast);
    }
}
