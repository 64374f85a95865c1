using System.Security.Cryptography;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Learner;

/// <summary>
/// The learner's end of the channel: takes records in order, says which are on its disk, tells how
/// it is and offers policies. Greets again whenever the session has fallen silent.
/// </summary>
/// <remarks>
/// The learner's thread calls; the socket belongs to a thread of its own, so that a long update
/// does not look like death.
/// </remarks>
public sealed class LearnerDesk : IDisposable
{
    private readonly LearnerService _service;
    private readonly SocketThread _thread;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Connects; a session that is not there yet is waited for.</summary>
    /// <param name="options">Where and what.</param>
    /// <exception cref="ProtocolException">The endpoint is no address.</exception>
    public LearnerDesk(LearnerDeskOptions options)
    {
        ulong learnerId = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));
        _service = new LearnerService(options, learnerId);
        _thread = new SocketThread(
            "hilrig-learner-desk",
            () => Connect(options.Endpoint),
            socket => _service.Run(socket, _stop.Token));
        try
        {
            _thread.Start();
        }
        catch (Exception error) when (SocketThread.IsOpenError(error))
        {
            throw new ProtocolException(
                "The session's address cannot be used",
                options.Endpoint,
                "tcp://127.0.0.1:PORT",
                error.Message.TrimEnd('.'),
                inner: error);
        }
    }

    /// <summary>Whether the session is there.</summary>
    public LearnerPresence Presence => _service.Presence;

    /// <summary>Why the session rejected this learner for good; null when it did not.</summary>
    public string? Rejection => _service.Rejection;

    /// <summary>Counters.</summary>
    public LearnerCounters Counters => _service.Tally.Read();

    /// <summary>
    /// The next record, in order. Put it on the disk, then <see cref="Acknowledge"/>.
    /// </summary>
    /// <param name="wait">How long to wait for one.</param>
    /// <param name="record">The record.</param>
    public bool TryTake(TimeSpan wait, out LearnerRecord record) =>
        _service.TryTake(wait, out record);

    /// <summary>Says how many records of a log are on the disk.</summary>
    /// <param name="log">Which log.</param>
    /// <param name="recordCount">So many.</param>
    public void Acknowledge(int log, long recordCount) => _service.Acknowledge(log, recordCount);

    /// <summary>Tells how the learner is; the newest counts.</summary>
    /// <param name="status">How.</param>
    public void Tell(LearnerStatus status) => _service.Tell(status);

    /// <summary>Offers a policy; it takes the place of the one before.</summary>
    /// <param name="policy">The policy.</param>
    public void Offer(LearnerPolicy policy) => _service.Offer(policy);

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _thread.Join();
        _stop.Dispose();
        _service.Dispose();
    }

    private static DealerSocket Connect(string endpoint)
    {
        var socket = new DealerSocket();
        try
        {
            LearnerWire.Apply(socket, LearnerWire.RecordBytesMax);
            socket.Connect(endpoint);
            return socket;
        }
        catch (Exception error) when (SocketThread.IsOpenError(error) || error is FormatException)
        {
            socket.Dispose();
            throw error as NetMQException ?? new InvalidException(error.Message);
        }
    }
}
