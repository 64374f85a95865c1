using System.Globalization;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Wire;

/// <summary>
/// The two ports of a bridge: control at port P, states at port P + 1, so that one address names
/// both and a gate or a firewall need not look into the handshake.
/// </summary>
internal static class EndpointPair
{
    /// <summary>Highest port for control.</summary>
    public const int PortMax = 65534;

    private const string Loopback = "tcp://127.0.0.1";
    private const int AttemptsMax = 100;

    /// <summary>Where the states are, given where control is.</summary>
    /// <param name="controlEndpoint">Such as "tcp://127.0.0.1:40122".</param>
    public static string StatesOf(string controlEndpoint)
    {
        var control = new Uri(controlEndpoint);
        return string.Create(
            CultureInfo.InvariantCulture, $"tcp://{control.Host}:{control.Port + 1}");
    }

    /// <summary>Binds both sockets on the loopback address.</summary>
    /// <param name="port">Port for control; 0: any that has a free one above it.</param>
    /// <exception cref="NetMQException">A port is taken.</exception>
    public static (RouterSocket Control, PublisherSocket States) Bind(int port)
    {
        for (int attempt = 1; ; attempt++)
        {
            var control = new RouterSocket();
            var states = new PublisherSocket();
            try
            {
                SocketPolicy.Apply(control, SocketPolicy.CommandHighWatermark);
                control.Options.SendHighWatermark = SocketPolicy.AnswerHighWatermark;
                SocketPolicy.Apply(states, SocketPolicy.StateHighWatermark);
                int bound = port;
                if (port == 0)
                {
                    bound = control.BindRandomPort(Loopback);
                }
                else
                {
                    control.Bind(At(port));
                }

                states.Bind(At(bound + 1));
                return (control, states);
            }
            catch (Exception error) when (SocketThread.IsOpenError(error))
            {
                control.Dispose();
                states.Dispose();
                if (port != 0 || attempt == AttemptsMax)
                {
                    throw;
                }
            }
        }
    }

    private static string At(int port) =>
        string.Create(CultureInfo.InvariantCulture, $"{Loopback}:{port}");
}
