using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Clocks;

/// <summary>This machine's clock, put forward and made to run faster.</summary>
internal sealed class SkewedClock(long offset, double skewPartsPerMillion) : IRigClock
{
    public long NowNanoseconds =>
        At(MonotonicClock.NowNanoseconds, offset, skewPartsPerMillion);

    public static long At(long local, long offset, double skewPartsPerMillion) =>
        local + offset + (long)(local * skewPartsPerMillion * 1e-6);

    public void SleepUntil(long instantNanoseconds) => throw new NotSupportedException();
}
