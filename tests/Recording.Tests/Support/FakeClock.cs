using HilRig.Core.Time;

namespace HilRig.Recording.Tests.Support;

internal sealed class FakeClock : IRigClock
{
    public long NowNanoseconds { get; set; } = 5_000_000_000;

    public void SleepUntil(long instantNanoseconds) => NowNanoseconds = instantNanoseconds;
}
