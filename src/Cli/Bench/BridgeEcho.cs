using System.Net;
using System.Net.Sockets;
using HilRig.Bridge.Agent;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Cli.Bench;

/// <summary>
/// The other process of the bridge bench: an agent without servos that answers every command with a
/// state at once, and a raw TCP peer that does the same with as many bytes.
/// </summary>
internal sealed class BridgeEcho : IDisposable
{
    private const long IdleNanoseconds = 10_000_000;
    private readonly IRigClock _clock;
    private readonly AgentBridge _bridge = AgentBridge.Open(Options());
    private readonly Socket _listener = new(SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _ending = new();
    private readonly Thread _agent;

    /// <summary>Opens both peers.</summary>
    /// <param name="clock">The clock of all stamps.</param>
    public BridgeEcho(IRigClock clock)
    {
        _clock = clock;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(1);
        _agent = new Thread(RunAgent) { Name = "bench-agent" };
        _agent.Start();
        new Thread(RunSocket) { Name = "bench-socket", IsBackground = true }.Start();
    }

    /// <summary>Names, hash and joints that both processes agree on.</summary>
    public static AgentBridgeOptions Options() => new()
    {
        RigName = "bench",
        RigSha256 = "",
        Joints =
        [
            .. Enumerable.Range(0, 6).Select(i => new JointDescription(
                $"joint{i}", JointKind.Revolute, new JointLimits(-1, 1, 1, 1))),
        ],
        Deadman = TimeSpan.FromSeconds(10),
    };

    /// <summary>
    /// Where to find the two peers: endpoint of the agent, port of the raw socket.
    /// </summary>
    public string Address =>
        $"{_bridge.Endpoint} {((IPEndPoint)_listener.LocalEndPoint!).Port}";

    /// <summary>Ends both peers.</summary>
    public void Dispose()
    {
        _ending.Cancel();
        _agent.Join();
        _bridge.Dispose();
        _listener.Dispose();
        _ending.Dispose();
    }

    private void RunAgent()
    {
        int dofCount = Options().Joints.Count;
        var command = new JointCommand(dofCount);
        var state = new JointState(dofCount) { FreshJoints = ulong.MaxValue };
        var report = new AgentReport();
        while (!_ending.IsCancellationRequested)
        {
            AgentRequest asked = _bridge.Wait(_clock.NowNanoseconds + IdleNanoseconds);
            state.Health = (asked & AgentRequest.Rearm) != 0 ? PlantHealth.Disarmed : state.Health;
            state.Health = (asked & AgentRequest.Arm) != 0 ? PlantHealth.Armed : state.Health;
            state.Health = (asked & AgentRequest.Stop) != 0 ? PlantHealth.Stopped : state.Health;
            report.StopAcknowledged = state.Health == PlantHealth.Stopped;
            bool answers = _bridge.TryTakeCommand(command, out CommandEnvelope envelope);
            state.AnsweredCommandSequence = answers ? command.Sequence : 0;
            command.Position.CopyTo(state.Position, 0);
            state.Stamps = new HopStamps
            {
                Planned = command.PlannedNanoseconds,
                CommandSent = envelope.SentNanoseconds,
                AgentReceived = envelope.ReceivedNanoseconds,
                BusReply = _clock.NowNanoseconds,
            };
            state.Sequence++;
            state.SampledNanoseconds = _clock.NowNanoseconds;
            _bridge.Publish(state, report);
        }
    }

    // First two 32-bit numbers: bytes of a command, bytes of a state. Then commands, each answered.
    private void RunSocket()
    {
        try
        {
            using Socket peer = _listener.Accept();
            peer.NoDelay = true;
            var sizes = new byte[2 * sizeof(int)];
            ReadExactly(peer, sizes);
            var command = new byte[BitConverter.ToInt32(sizes)];
            var state = new byte[BitConverter.ToInt32(sizes, sizeof(int))];
            while (ReadExactly(peer, command))
            {
                command.AsSpan(0, sizeof(long)).CopyTo(state);
                peer.Send(state);
            }
        }
        catch (SocketException)
        {
            // The bench has ended.
        }
    }

    /// <summary>Fills a buffer from a socket.</summary>
    /// <param name="socket">A blocking socket.</param>
    /// <param name="buffer">The buffer.</param>
    /// <returns>False when the peer has closed.</returns>
    internal static bool ReadExactly(Socket socket, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            int count = socket.Receive(buffer);
            if (count == 0)
            {
                return false;
            }

            buffer = buffer[count..];
        }

        return true;
    }
}
