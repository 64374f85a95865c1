using System.Security.Cryptography;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ.Sockets;

namespace HilRig.Bridge.Learner;

/// <summary>
/// The session's end of the learner's channel: passes the records of its logs on until they are on
/// the learner's disk, hears how the learner is, and fetches its policies. A learner that dies and
/// comes back is sent what it lacks.
/// </summary>
/// <remarks>Any thread; the work is done by a thread of its own.</remarks>
public sealed class LearnerLink : IDisposable
{
    private readonly LearnerSession _session;
    private readonly SocketThread _thread;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Binds and begins to listen.</summary>
    /// <param name="terms">What a learner must agree to.</param>
    /// <param name="feed">The logs.</param>
    /// <param name="port">Port on the loopback address; 0 for any.</param>
    /// <exception cref="DeviceException">The port is taken.</exception>
    public LearnerLink(LearnerTerms terms, ILearnerFeed feed, int port = 0)
    {
        ulong sessionId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        _session = new LearnerSession(terms, feed, sessionId);
        string wanted = FormattableString.Invariant($"tcp://127.0.0.1:{port}");
        _thread = new SocketThread(
            "hilrig-learner", () => Bind(wanted), socket => _session.Run(socket, _stop.Token));
        try
        {
            Endpoint = _thread.Start();
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            throw new DeviceException(
                "The port of the learner's channel cannot be bound",
                wanted,
                found: error.Message.TrimEnd('.'),
                remedy: "choose another",
                inner: error);
        }
    }

    /// <summary>Where learners connect.</summary>
    public string Endpoint { get; }

    /// <summary>Whether a learner is there.</summary>
    public LearnerPresence Presence => _session.Presence;

    /// <summary>Why the last learner that came was rejected; null when none was.</summary>
    public string? Rejection => _session.Rejection;

    /// <summary>What the learner last said of itself; null before that.</summary>
    public LearnerStatus? Status => _session.Status;

    /// <summary>Sequence of the newest policy on offer; 0 for none.</summary>
    public long OfferedSequence => _session.OfferedSequence;

    /// <summary>Counters.</summary>
    public LearnerCounters Counters => _session.Tally.Read();

    /// <summary>Records of a log that are on the learner's disk.</summary>
    /// <param name="log">Which log.</param>
    public long DurableCount(int log) => _session.DurableCount(log);

    /// <summary>
    /// Fetches the newest policy, which may be newer than the one on offer when this is called.
    /// </summary>
    /// <param name="timeout">How long to wait.</param>
    /// <returns>Null when none is on offer or none came in time; ask again later.</returns>
    public LearnerPolicy? FetchPolicy(TimeSpan timeout) => _session.FetchPolicy(timeout);

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _session.Dispose();
    }

    private static RouterSocket Bind(string endpoint)
    {
        var socket = new RouterSocket();
        try
        {
            LearnerWire.Apply(socket, LearnerWire.PolicyBytesMax);
            if (endpoint.EndsWith(":0", StringComparison.Ordinal))
            {
                socket.BindRandomPort("tcp://127.0.0.1");
            }
            else
            {
                socket.Bind(endpoint);
            }

            return socket;
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            socket.Dispose();
            throw;
        }
    }
}
