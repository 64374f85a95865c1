using HilRig.Core.RealTime;
using Google.Protobuf;
using HilRig.Bridge.Protos;
using HilRig.Bridge.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Host;

/// <summary>Both directions of one session with an agent.</summary>
internal sealed class AgentLink : IDisposable
{
    private const long ReleaseWaitNanoseconds = 200_000_000;
    private readonly LinkTally _tally = new();
    private readonly long _lostNanoseconds;

    private AgentLink(string endpoint, Hello hello, TimeSpan handshake, TimeSpan lost)
    {
        _lostNanoseconds = MonotonicClock.Nanoseconds(lost);
        Control = new ControlLink(endpoint, hello, handshake, _tally);
        try
        {
            Welcome = Control.Connect();
            States = new StateLink(endpoint, Welcome, _tally);
        }
        catch
        {
            Control.Dispose();
            throw;
        }
    }

    /// <summary>The agent's introduction.</summary>
    public Welcome Welcome { get; }

    /// <summary>Commands and requests.</summary>
    public ControlLink Control { get; }

    /// <summary>States.</summary>
    public StateLink States { get; }

    /// <summary>What was counted so far.</summary>
    public LinkCounters Counters => _tally.Snapshot();

    /// <summary>
    /// Whether the agent's process is gone: no answer to heartbeats for too long, or it no longer
    /// knows this session. Allocates nothing.
    /// </summary>
    public bool IsSilent => Control.IsExpelled || IsOlder(Control.HeardNanoseconds);

    /// <summary>
    /// Whether the agent is gone or its real-time loop hangs: silent, or no new state for too long
    /// since the first one. Allocates nothing.
    /// </summary>
    public bool IsLost => IsSilent || IsOlder(States.ArrivedNanoseconds);

    /// <summary>Shakes hands with an agent and subscribes to its states.</summary>
    /// <param name="endpoint">Where it listens.</param>
    /// <param name="hello">What this peer is; versions are filled in here.</param>
    /// <param name="handshake">How long the agent has to answer.</param>
    /// <param name="lost">Silence after which it counts as lost.</param>
    /// <exception cref="Core.Errors.ProtocolException">It does not answer, or refuses.</exception>
    public static AgentLink Connect(
        string endpoint, Hello hello, TimeSpan handshake, TimeSpan lost)
    {
        hello.ProtocolMajor = WireSchema.Major;
        hello.ProtocolMinor = WireSchema.Minor;
        hello.Software = WireSchema.Software;
        hello.SchemaSha256 = ByteString.CopyFrom(WireSchema.Sha256);
        return new AgentLink(endpoint, hello, handshake, lost);
    }

    /// <summary>The newest report, as a copy.</summary>
    public AgentReport CopyReport()
    {
        var report = new AgentReport();
        States.CopyReport(report);
        return report;
    }

    /// <summary>Copies the oldest unread state.</summary>
    /// <param name="state">Receives it.</param>
    public bool TryRead(JointState state)
    {
        if (!States.States.TryBeginRead(out JointState? received))
        {
            return false;
        }

        received.CopyTo(state);
        States.States.CommitRead();
        return true;
    }

    /// <summary>Takes leave of the agent and ends both threads.</summary>
    public void Dispose()
    {
        Control.Post(RequestKind.Release);
        long until = MonotonicClock.NowNanoseconds + ReleaseWaitNanoseconds;
        using var pause = new WakeSignal();
        while (Control.Requests.StatusOf(RequestKind.Release) == AckStatus.Unspecified
            && !IsSilent && MonotonicClock.NowNanoseconds < until)
        {
            pause.Wait(MonotonicClock.NowNanoseconds + 1_000_000);
        }

        Control.Dispose();
        States.Dispose();
    }

    private bool IsOlder(long instantNanoseconds) =>
        MonotonicClock.NowNanoseconds - instantNanoseconds > _lostNanoseconds;
}
