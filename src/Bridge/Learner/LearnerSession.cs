using Google.Protobuf;
using HilRig.Bridge.Protos.Learning;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using NetMQ;

namespace HilRig.Bridge.Learner;

/// <summary>What <see cref="LearnerLink"/>'s thread does and knows.</summary>
internal sealed class LearnerSession : IDisposable
{
    private readonly LearnerTerms _terms;
    private readonly ILearnerFeed _feed;
    private readonly ulong _sessionId;
    private readonly long[] _sent;
    private readonly long[] _durable;
    private readonly AutoResetEvent _arrived = new(false);
    private byte[]? _peer;
    private ulong _learnerId;
    private long _heardNanoseconds;
    private long _pulsedNanoseconds;
    private long _progressNanoseconds;
    private int _presence;
    private LearnerStatus? _status;
    private string? _rejection;
    private LearnerPolicy? _policy;
    private long _offered;
    private long _requested;
    private Msg _frame;

    public LearnerSession(LearnerTerms terms, ILearnerFeed feed, ulong sessionId)
    {
        _terms = terms;
        _feed = feed;
        _sessionId = sessionId;
        _sent = new long[terms.LogCount];
        _durable = new long[terms.LogCount];
    }

    public LearnerTally Tally { get; } = new();

    public LearnerPresence Presence => (LearnerPresence)Volatile.Read(ref _presence);

    public string? Rejection => Volatile.Read(ref _rejection);

    public LearnerStatus? Status => Volatile.Read(ref _status);

    public long OfferedSequence => Volatile.Read(ref _offered);

    public long DurableCount(int log) => Volatile.Read(ref _durable[log]);

    public LearnerPolicy? FetchPolicy(TimeSpan timeout)
    {
        long wanted = OfferedSequence;
        if (wanted == 0)
        {
            return null;
        }

        long until = MonotonicClock.NowNanoseconds + (long)(timeout.TotalMilliseconds * 1e6);
        LearnerPolicy? policy = Volatile.Read(ref _policy);
        while (policy is null || policy.Sequence < wanted)
        {
            long left = until - MonotonicClock.NowNanoseconds;
            if (left <= 0)
            {
                return null;
            }

            Volatile.Write(ref _requested, wanted);
            _arrived.WaitOne(TimeSpan.FromMilliseconds(Math.Min(500, (left / 1_000_000) + 1)));
            policy = Volatile.Read(ref _policy);
        }

        return policy;
    }

    public void Run(NetMQSocket router, CancellationToken cancel)
    {
        _frame.InitEmpty();
        while (!cancel.IsCancellationRequested)
        {
            if (router.TryReceive(ref _frame, LearnerWire.Wait))
            {
                Serve(router);
            }

            long now = MonotonicClock.NowNanoseconds;
            if (Presence == LearnerPresence.Present)
            {
                Tend(router, now);
            }
        }

        _frame.Close();
    }

    public void Dispose() => _arrived.Dispose();

    private void Tend(NetMQSocket router, long now)
    {
        if (now - _heardNanoseconds > LearnerWire.SilenceNanoseconds)
        {
            Volatile.Write(ref _presence, (int)LearnerPresence.Lost);
            LearnerTally.Count(ref Tally.Losses);
            return;
        }

        if (now - _pulsedNanoseconds >= LearnerWire.PulseNanoseconds)
        {
            _pulsedNanoseconds = now;
            LearnerWire.TrySend(
                router, _peer, LearnerMessage.Pulse, new Pulse { SessionId = _sessionId });
        }

        long requested = Interlocked.Exchange(ref _requested, 0);
        if (requested > 0)
        {
            LearnerWire.TrySend(
                router,
                _peer,
                LearnerMessage.PolicyRequest,
                new PolicyRequest { Sequence = requested });
        }

        try
        {
            for (int log = 0; log < _sent.Length; log++)
            {
                SendRecords(router, log, now);
            }
        }
        catch (RigException error)
        {
            Reject(error.Message);
        }
    }

    private void Reject(string why)
    {
        Volatile.Write(ref _rejection, why);
        Volatile.Write(ref _presence, (int)LearnerPresence.Rejected);
    }

    private void SendRecords(NetMQSocket router, int log, long now)
    {
        if (_sent[log] > _durable[log]
            && now - _progressNanoseconds > LearnerWire.SilenceNanoseconds)
        {
            // What a full queue dropped below us is sent again.
            _sent[log] = _durable[log];
            _progressNanoseconds = now;
        }

        long end = Math.Min(_feed.CountOf(log), _durable[log] + LearnerWire.Window);
        while (_sent[log] < end)
        {
            LearnerRecord record = _feed.Read(log, _sent[log]);
            var message = new Record
            {
                Log = (uint)log,
                Number = record.Number,
                Kind = record.Kind,
                Payload = UnsafeByteOperations.UnsafeWrap(record.Payload),
            };
            if (!LearnerWire.TrySend(router, _peer, LearnerMessage.Record, message))
            {
                return;
            }

            LearnerTally.Count(ref Tally.RecordsSent);
            _progressNanoseconds = now;
            _sent[log]++;
        }
    }

    private void Serve(NetMQSocket router)
    {
        byte[] peer = _frame.Slice(0, _frame.Size).ToArray();
        bool whole = _frame.HasMore && router.TryReceive(ref _frame, TimeSpan.Zero)
            && !_frame.HasMore && _frame.Size > 0;
        Frames.DropRest(router, ref _frame);
        if (!whole || !TryTake(router, peer, _frame.Slice(0, _frame.Size)))
        {
            LearnerTally.Count(ref Tally.Malformed);
        }
    }

    private bool TryTake(NetMQSocket router, byte[] peer, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> payload = bytes[1..];
        return (LearnerMessage)bytes[0] switch
        {
            LearnerMessage.Greeting => TakeGreeting(
                router, peer, LearnerWire.Parse<Greeting>(payload)),
            LearnerMessage.Report => TakeReport(peer, LearnerWire.Parse<Report>(payload)),
            LearnerMessage.Policy => TakePolicy(peer, LearnerWire.Parse<Policy>(payload)),
            _ => false,
        };
    }

    private bool TakeGreeting(NetMQSocket router, byte[] peer, Greeting? greeting)
    {
        if (greeting is null)
        {
            return false;
        }

        Rejection? rejection = Judge(greeting);
        if (rejection is not null)
        {
            LearnerWire.TrySend(router, peer, LearnerMessage.Rejection, rejection);
            if (!rejection.Passes)
            {
                Reject(
                    $"{rejection.What}: expected {rejection.Expected}, found {rejection.Found}");
            }

            return true;
        }

        bool isNew = greeting.LearnerId != _learnerId;
        _peer = peer;
        _learnerId = greeting.LearnerId;
        for (int log = 0; log < _sent.Length; log++)
        {
            // What of it is on the learner's disk, its first report says.
            _sent[log] = greeting.Received[log];
            Volatile.Write(ref _durable[log], isNew ? 0 : _durable[log]);
        }

        long now = MonotonicClock.NowNanoseconds;
        _heardNanoseconds = now;
        _progressNanoseconds = now;
        _pulsedNanoseconds = 0;
        LearnerTally.Count(ref Tally.Greetings);
        Volatile.Write(ref _rejection, null);
        Volatile.Write(ref _presence, (int)LearnerPresence.Present);
        LearnerWire.TrySend(
            router, peer, LearnerMessage.Acceptance, new Acceptance { SessionId = _sessionId });
        return true;
    }

    private Rejection? Judge(Greeting greeting)
    {
        if (greeting.Protocol != LearnerWire.Protocol)
        {
            return No("Another version of the learner's channel",
                $"{LearnerWire.Protocol}", $"{greeting.Protocol} of {greeting.Software}");
        }

        if (greeting.Task != _terms.Task)
        {
            return No("Another task", _terms.Task, greeting.Task);
        }

        if (greeting.ConfigSha256 != _terms.ConfigSha256)
        {
            return No("Another configuration", _terms.ConfigSha256, greeting.ConfigSha256);
        }

        if (greeting.Received.Count != _terms.LogCount)
        {
            return No("Another number of logs",
                $"{_terms.LogCount}", $"{greeting.Received.Count}");
        }

        for (int log = 0; log < _terms.LogCount; log++)
        {
            long count = _feed.CountOf(log);
            if (greeting.Received[log] < 0 || greeting.Received[log] > count)
            {
                return No("The learner's log is none of this run",
                    $"at most {count} records in log {log}", $"{greeting.Received[log]}");
            }
        }

        bool isTaken = Presence == LearnerPresence.Present && greeting.LearnerId != _learnerId;
        return isTaken
            ? new Rejection
            {
                What = "Another learner is at work",
                Expected = "one",
                Found = "two",
                Passes = true,
            }
            : null;
    }

    private static Rejection No(string what, string expected, string found) =>
        new() { What = what, Expected = expected, Found = found };

    private bool IsPeer(byte[] peer, ulong learnerId) =>
        Presence == LearnerPresence.Present
        && learnerId == _learnerId
        && peer.AsSpan().SequenceEqual(_peer);

    private bool TakeReport(byte[] peer, Report? report)
    {
        if (report is null
            || report.Durable.Count != _durable.Length
            || report.Figures.Count > LearnerWire.ItemsMax
            || report.Alarms.Count > LearnerWire.ItemsMax)
        {
            return false;
        }

        if (!IsPeer(peer, report.LearnerId))
        {
            // Of a learner that has been given up; it greets again when it hears no pulse.
            return true;
        }

        long now = MonotonicClock.NowNanoseconds;
        for (int log = 0; log < _durable.Length; log++)
        {
            long durable = report.Durable[log];
            if (durable < 0 || durable > _feed.CountOf(log))
            {
                return false;
            }

            _progressNanoseconds = durable > _durable[log] ? now : _progressNanoseconds;
            _sent[log] = Math.Max(_sent[log], durable);
            Volatile.Write(ref _durable[log], durable);
        }

        _heardNanoseconds = now;
        Volatile.Write(ref _offered, report.PolicySequence);
        var figures = new Dictionary<string, double>();
        foreach (Figure figure in report.Figures)
        {
            figures[figure.Name] = figure.Value;
        }

        Volatile.Write(ref _status, new LearnerStatus
        {
            UpdateCount = report.UpdateCount,
            Phase = report.Phase,
            Figures = figures,
            Alarms = [.. report.Alarms],
        });
        return true;
    }

    private bool TakePolicy(byte[] peer, Policy? message)
    {
        if (message is null || Presence != LearnerPresence.Present
            || !peer.AsSpan().SequenceEqual(_peer))
        {
            return false;
        }

        var policy = new LearnerPolicy(
            message.Sequence,
            message.Label,
            message.UpdateCount,
            message.Onnx.Memory,
            message.Manifest.Memory);
        if (policy.Sha256 != Convert.ToHexStringLower(message.Sha256.Span))
        {
            return false;
        }

        _heardNanoseconds = MonotonicClock.NowNanoseconds;
        Volatile.Write(ref _policy, policy);
        _arrived.Set();
        return true;
    }
}
