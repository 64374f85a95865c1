using HilRig.Bridge.Protos;
using HilRig.Bridge.SharedMemory;
using HilRig.Bridge.SharedMemory.RealTime;
using HilRig.Bridge.Wire;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using NetMQ;

namespace HilRig.Bridge.Remote;

/// <summary>
/// The publishing thread: reads the agent's states and sends them to everybody who listens.
/// </summary>
internal sealed unsafe class RemoteStates
{
    private const long IdleWaitNanoseconds = 20_000_000;
    private readonly StateReader _reader;
    private readonly LaneWake _news;
    private readonly RemoteTally _tally;
    private readonly StateCodec _codec;
    private readonly JointState _state;
    private readonly AgentReport _report = new();
    private readonly long _bit;

    /// <summary>Makes a publisher; <see cref="Run"/> does the work.</summary>
    /// <param name="page">The lane.</param>
    /// <param name="seat">A seat of this process.</param>
    /// <param name="tally">Counters.</param>
    public RemoteStates(LanePage page, PeerSeat seat, RemoteTally tally)
    {
        _reader = new StateReader(page);
        _news = new LaneWake(page.Header + HeaderWord.StateWake);
        _codec = new StateCodec(page.Layout.DofCount);
        _state = new JointState(page.Layout.DofCount);
        _tally = tally;
        _bit = 1L << seat.Index;
    }

    /// <summary>Sends until told to stop.</summary>
    /// <param name="publisher">A bound publisher socket of the calling thread.</param>
    /// <param name="cancel">Ends the loop within some 20 ms.</param>
    public void Run(NetMQSocket publisher, CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            uint seen = _news.Prepare(_bit);
            if (!_reader.HasNext)
            {
                _news.Wait(seen, MonotonicClock.NowNanoseconds + IdleWaitNanoseconds);
            }

            _news.Done(_bit);

            // A full queue drops the newest; so what is old is left out before it.
            _reader.KeepNewest(SocketPolicy.StateHighWatermark);
            while (_reader.TryRead())
            {
                Send(publisher);
            }

            Volatile.Write(ref _tally.StatesSkipped, _reader.Skipped);
        }
    }

    private void Send(NetMQSocket publisher)
    {
        _reader.CopyTo(_state);
        _reader.CopyTo(_report);
        State message = _codec.Encode(
            _state, _report, _reader.AgentId, _reader.AnsweredSessionId);
        Frames.Send(publisher, MessageKind.State, message, TimeSpan.Zero);
        RemoteTally.Count(ref _tally.StatesPublished);
    }
}
