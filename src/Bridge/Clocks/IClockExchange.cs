using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>A way to ask a peer for its time. For one thread.</summary>
public interface IClockExchange : IDisposable
{
    /// <summary>Asks once and waits for the answer.</summary>
    /// <param name="nonce">A number that no earlier question had.</param>
    /// <param name="probe">The four instants, when the result is Answered.</param>
    ClockExchangeStatus TryExchange(ulong nonce, out ClockProbe probe);
}
