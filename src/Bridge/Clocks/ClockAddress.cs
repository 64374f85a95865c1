using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Security.Tunnel;
using HilRig.Core.Errors;

namespace HilRig.Bridge.Clocks;

/// <summary>Turns the address of a peer's clock into a way to ask it.</summary>
public static class ClockAddress
{
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromMilliseconds(500);

    /// <summary>Makes the connector of <see cref="PeerClock.Start"/>.</summary>
    /// <param name="address">
    /// "udp://HOST:PORT", or "tls://HOST:PORT" and "tls://KEY@HOST:PORT" of a gate.
    /// </param>
    /// <exception cref="ScenarioException">It is no such address.</exception>
    public static Func<IClockExchange> Parse(string address)
    {
        if (TlsEndpoint.Is(address))
        {
            return () => new TunnelClockExchange(TlsEndpoint.Open(address), AnswerTimeout);
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
            || uri.Scheme != "udp"
            || uri.Port < 1
            || uri.AbsolutePath is not ("" or "/"))
        {
            throw new ScenarioException(
                "The address of a clock is not understood",
                expected: "udp://HOST:PORT or tls://HOST:PORT",
                found: address,
                remedy: "'hilrig clock --serve 5755' answers on udp://127.0.0.1:5755");
        }

        return () => new UdpClockExchange(Resolve(uri), AnswerTimeout);
    }

    private static IPEndPoint Resolve(Uri uri)
    {
        if (IPAddress.TryParse(uri.DnsSafeHost, out IPAddress? address))
        {
            return new IPEndPoint(address, uri.Port);
        }

        foreach (IPAddress found in Dns.GetHostAddresses(uri.DnsSafeHost))
        {
            if (found.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6)
            {
                return new IPEndPoint(found, uri.Port);
            }
        }

        throw new DeviceException("The clock's host has no address", uri.DnsSafeHost);
    }
}
