using HilRig.Bridge.Security.Tunnel;
using HilRig.Core.Time;

namespace HilRig.Bridge.Clocks;

/// <summary>A tunnel to another machine, and what is known of that machine's clock.</summary>
internal sealed class ClockedCarrier : IDisposable
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);
    private readonly SecureTunnel _tunnel;
    private readonly PeerClock _clock;

    private ClockedCarrier(SecureTunnel tunnel)
    {
        _tunnel = tunnel;
        _clock = PeerClock.Start(
            () => new StreamClockExchange(tunnel.OpenClock(), AnswerTimeout));
    }

    /// <summary>Where the agent's bridge is reached through the tunnel.</summary>
    public string Endpoint => _tunnel.Endpoint;

    /// <summary>What is known of the other machine's clock.</summary>
    public ClockMap Map => _clock.Map;

    /// <summary>Takes a tunnel over and waits until the other clock is known.</summary>
    /// <param name="tunnel">The tunnel; closed when this fails.</param>
    /// <param name="timeout">How long to wait.</param>
    /// <exception cref="Core.Errors.ProtocolException">The other clock does not answer.</exception>
    public static ClockedCarrier Open(SecureTunnel tunnel, TimeSpan timeout)
    {
        var carrier = new ClockedCarrier(tunnel);
        try
        {
            carrier._clock.AwaitFirst(timeout);
            return carrier;
        }
        catch
        {
            carrier.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clock.Dispose();
        _tunnel.Dispose();
    }
}
