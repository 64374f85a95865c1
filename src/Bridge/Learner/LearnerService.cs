using System.Collections.Concurrent;
using Google.Protobuf;
using HilRig.Bridge.Protos.Learning;
using HilRig.Bridge.Wire;
using HilRig.Core.RealTime;
using NetMQ;

namespace HilRig.Bridge.Learner;

/// <summary>What <see cref="LearnerDesk"/>'s thread does and knows.</summary>
internal sealed class LearnerService : IDisposable
{
    private readonly LearnerTerms _terms;
    private readonly ulong _learnerId;
    private readonly long[] _received;
    private readonly long[] _durable;
    private readonly BlockingCollection<LearnerRecord> _queue = new(LearnerWire.Window * 8);
    private int _presence;
    private int _isUntold = 1;
    private ulong _sessionId;
    private long _heardNanoseconds;
    private long _spokeNanoseconds;
    private string? _rejection;
    private LearnerStatus _status = new() { UpdateCount = 0, Phase = "starting" };
    private LearnerPolicy? _policy;
    private Msg _frame;

    public LearnerService(LearnerDeskOptions options, ulong learnerId)
    {
        _terms = options.Terms;
        _learnerId = learnerId;
        _received = [.. options.RecordCounts];
        _durable = [.. options.RecordCounts];
        if (_received.Length != _terms.LogCount)
        {
            throw new ArgumentException("one count for each log", nameof(options));
        }
    }

    public LearnerTally Tally { get; } = new();

    public LearnerPresence Presence => (LearnerPresence)Volatile.Read(ref _presence);

    public string? Rejection => Volatile.Read(ref _rejection);

    public bool TryTake(TimeSpan wait, out LearnerRecord record) =>
        _queue.TryTake(out record!, wait);

    public void Acknowledge(int log, long recordCount)
    {
        Volatile.Write(ref _durable[log], recordCount);
        Volatile.Write(ref _isUntold, 1);
    }

    public void Tell(LearnerStatus status) => Volatile.Write(ref _status, status);

    public void Offer(LearnerPolicy policy)
    {
        Volatile.Write(ref _policy, policy);
        Volatile.Write(ref _isUntold, 1);
    }

    public void Run(NetMQSocket dealer, CancellationToken cancel)
    {
        _frame.InitEmpty();
        while (!cancel.IsCancellationRequested)
        {
            if (dealer.TryReceive(ref _frame, LearnerWire.Wait))
            {
                bool whole = !_frame.HasMore && _frame.Size > 0;
                Frames.DropRest(dealer, ref _frame);
                if (!whole || !TryServe(dealer, _frame.Slice(0, _frame.Size)))
                {
                    LearnerTally.Count(ref Tally.Malformed);
                }
            }

            Speak(dealer, MonotonicClock.NowNanoseconds);
        }

        _frame.Close();
    }

    public void Dispose() => _queue.Dispose();

    private void Speak(NetMQSocket dealer, long now)
    {
        bool isDue = now - _spokeNanoseconds >= LearnerWire.PulseNanoseconds;
        switch (Presence)
        {
            case LearnerPresence.Present
                when now - _heardNanoseconds > LearnerWire.SilenceNanoseconds:
                Volatile.Write(ref _presence, (int)LearnerPresence.Lost);
                LearnerTally.Count(ref Tally.Losses);
                break;
            case LearnerPresence.Present:
                if (Interlocked.Exchange(ref _isUntold, 0) != 0 || isDue)
                {
                    _spokeNanoseconds = now;
                    LearnerWire.TrySend(dealer, null, LearnerMessage.Report, Report());
                }

                break;
            case LearnerPresence.Awaited or LearnerPresence.Lost when isDue:
                _spokeNanoseconds = now;
                LearnerWire.TrySend(dealer, null, LearnerMessage.Greeting, Greeting());
                break;
            default:
                break;
        }
    }

    private Greeting Greeting()
    {
        var greeting = new Greeting
        {
            Protocol = LearnerWire.Protocol,
            Software = WireSchema.Software,
            Task = _terms.Task,
            ConfigSha256 = _terms.ConfigSha256,
            LearnerId = _learnerId,
        };
        greeting.Received.AddRange(_received);
        return greeting;
    }

    private Report Report()
    {
        LearnerStatus status = Volatile.Read(ref _status);
        LearnerPolicy? policy = Volatile.Read(ref _policy);
        var report = new Report
        {
            LearnerId = _learnerId,
            UpdateCount = status.UpdateCount,
            Phase = status.Phase,
            PolicySequence = policy?.Sequence ?? 0,
            PolicySha256 = policy is null
                ? ByteString.Empty
                : ByteString.CopyFrom(Convert.FromHexString(policy.Sha256)),
        };
        for (int log = 0; log < _durable.Length; log++)
        {
            report.Durable.Add(Volatile.Read(ref _durable[log]));
        }

        foreach ((string name, double value) in status.Figures)
        {
            report.Figures.Add(new Figure { Name = name, Value = value });
        }

        report.Alarms.AddRange(status.Alarms);
        return report;
    }

    private bool TryServe(NetMQSocket dealer, ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> payload = bytes[1..];
        return (LearnerMessage)bytes[0] switch
        {
            LearnerMessage.Acceptance => TakeAcceptance(
                LearnerWire.Parse<Acceptance>(payload)),
            LearnerMessage.Rejection => TakeRejection(LearnerWire.Parse<Rejection>(payload)),
            LearnerMessage.Pulse => TakePulse(LearnerWire.Parse<Pulse>(payload)),
            LearnerMessage.Record => TakeRecord(LearnerWire.Parse<Record>(payload)),
            LearnerMessage.PolicyRequest => Answer(
                dealer, LearnerWire.Parse<PolicyRequest>(payload)),
            _ => false,
        };
    }

    private bool TakeAcceptance(Acceptance? acceptance)
    {
        if (acceptance is null)
        {
            return false;
        }

        _sessionId = acceptance.SessionId;
        _heardNanoseconds = MonotonicClock.NowNanoseconds;
        LearnerTally.Count(ref Tally.Greetings);
        Volatile.Write(ref _isUntold, 1);
        Volatile.Write(ref _presence, (int)LearnerPresence.Present);
        return true;
    }

    private bool TakeRejection(Rejection? rejection)
    {
        if (rejection is null || Presence == LearnerPresence.Present)
        {
            return false;
        }

        if (!rejection.Passes)
        {
            Volatile.Write(
                ref _rejection,
                $"{rejection.What}: expected {rejection.Expected}, found {rejection.Found}");
            Volatile.Write(ref _presence, (int)LearnerPresence.Rejected);
        }

        return true;
    }

    private bool TakePulse(Pulse? pulse)
    {
        if (pulse?.SessionId == _sessionId)
        {
            _heardNanoseconds = MonotonicClock.NowNanoseconds;
        }

        return pulse is not null;
    }

    private bool TakeRecord(Record? record)
    {
        if (record is null || record.Log >= _received.Length || record.Kind > byte.MaxValue)
        {
            return false;
        }

        _heardNanoseconds = MonotonicClock.NowNanoseconds;
        bool isNext = record.Number == _received[record.Log]
            && _queue.TryAdd(new LearnerRecord(
                (int)record.Log, record.Number, (byte)record.Kind, record.Payload.Memory));
        if (isNext)
        {
            _received[record.Log]++;
            LearnerTally.Count(ref Tally.RecordsReceived);
        }
        else
        {
            LearnerTally.Count(ref Tally.RecordsOutOfOrder);
        }

        return true;
    }

    private bool Answer(NetMQSocket dealer, PolicyRequest? request)
    {
        LearnerPolicy? policy = Volatile.Read(ref _policy);
        if (request is null)
        {
            return false;
        }

        if (policy is not null)
        {
            LearnerWire.TrySend(dealer, null, LearnerMessage.Policy, new Policy
            {
                Sequence = policy.Sequence,
                Label = policy.Label,
                UpdateCount = policy.UpdateCount,
                Onnx = UnsafeByteOperations.UnsafeWrap(policy.Onnx),
                Manifest = UnsafeByteOperations.UnsafeWrap(policy.Manifest),
                Sha256 = ByteString.CopyFrom(Convert.FromHexString(policy.Sha256)),
            });
        }

        return true;
    }
}
