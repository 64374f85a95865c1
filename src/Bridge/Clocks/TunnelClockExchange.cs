using HilRig.Bridge.Security.Tunnel;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>Asks the clock behind a gate, through a tunnel of its own.</summary>
internal sealed class TunnelClockExchange : IClockExchange
{
    private readonly SecureTunnel _tunnel;
    private readonly StreamClockExchange _exchange;

    /// <summary>Takes a tunnel over.</summary>
    /// <param name="tunnel">The tunnel; closed when there is no clock behind it.</param>
    /// <param name="timeout">How long to wait for an answer.</param>
    public TunnelClockExchange(SecureTunnel tunnel, TimeSpan timeout)
    {
        _tunnel = tunnel;
        try
        {
            _exchange = new StreamClockExchange(tunnel.OpenClock(), timeout);
        }
        catch
        {
            tunnel.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public ClockExchangeStatus TryExchange(ulong nonce, out ClockProbe probe) =>
        _exchange.TryExchange(nonce, out probe);

    /// <inheritdoc/>
    public void Dispose()
    {
        _exchange.Dispose();
        _tunnel.Dispose();
    }
}
