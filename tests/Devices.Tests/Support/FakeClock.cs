using HilRig.Core.Time;

namespace HilRig.Devices.Tests.Support;

/// <summary>A clock that moves only when it is told to, or slept on.</summary>
internal sealed class FakeClock : IRigClock
{
    public long NowNanoseconds { get; set; } = 1_000_000_000;

    /// <summary>Called after each sleep.</summary>
    public Action Slept { get; set; } = () => { };

    public void SleepUntil(long instantNanoseconds)
    {
        NowNanoseconds = Math.Max(NowNanoseconds, instantNanoseconds);
        Slept();
    }
}
