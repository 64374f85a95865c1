using HilRig.Bridge.RealTime;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.SharedMemory;

/// <summary>
/// A peer's thread that shows the agent that this process is alive, and looks whether the agent is.
/// </summary>
internal sealed unsafe class LifeSigns : IDisposable
{
    private const long CycleNanosecondsMin = 1_000_000;
    private const long CycleNanosecondsMax = 100_000_000;
    private readonly LanePage _page;
    private readonly PeerSeat _seat;
    private readonly PeerProcess _agent;
    private readonly long _cycleNanoseconds;
    private readonly WakeSignal _wake = new();
    private readonly Thread _thread;
    private long _heardNanoseconds = MonotonicClock.NowNanoseconds;
    private volatile bool _hasEnded;
    private volatile bool _ending;

    /// <summary>Starts the thread.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="seat">This peer's seat.</param>
    /// <param name="deadmanNanoseconds">
    /// The agent's deadman; signs come four times as often.
    /// </param>
    public LifeSigns(LanePage page, PeerSeat seat, long deadmanNanoseconds)
    {
        _page = page;
        _seat = seat;
        _cycleNanoseconds = Math.Clamp(
            deadmanNanoseconds / 4, CycleNanosecondsMin, CycleNanosecondsMax);
        _agent = new PeerProcess(
            page.Header[HeaderWord.AgentProcess], page.Header[HeaderWord.AgentStart]);
        _thread = new Thread(Run) { Name = "hilrig-life", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Whether the agent's process has ended.</summary>
    public bool AgentHasEnded => _hasEnded;

    /// <summary>When the agent's desk last gave a sign of life, CLOCK_MONOTONIC ns.</summary>
    public long HeardNanoseconds => Volatile.Read(ref _heardNanoseconds);

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _ending = true;
        _wake.Set();
        _thread.Join();
        _wake.Dispose();
        _agent.Dispose();
    }

    private void Run()
    {
        long beat = 0;
        while (!_ending)
        {
            long now = MonotonicClock.NowNanoseconds;
            _seat.Beat();
            long newBeat = Volatile.Read(ref _page.Header[HeaderWord.AgentBeat]);
            if (newBeat != beat)
            {
                beat = newBeat;
                Volatile.Write(ref _heardNanoseconds, now);
            }

            _agent.Look(now);
            _hasEnded = _agent.HasEnded
                || Volatile.Read(ref _page.Header[HeaderWord.AgentEnded]) != 0;
            _wake.Wait(now + _cycleNanoseconds);
        }
    }
}
