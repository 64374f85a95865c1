using HilRig.Bridge.Protos;
using HilRig.Core.Joints;

namespace HilRig.Bridge.Host;

/// <summary>
/// Requests on their way to the agent: at most one of each kind, a stop first, each repeated until
/// it is acknowledged. Any thread; allocates nothing.
/// </summary>
internal sealed class RequestQueue
{
    private static readonly RequestKind[] ByUrgency =
    [
        RequestKind.Stop,
        RequestKind.Rearm,
        RequestKind.Arm,
        RequestKind.Quit,
        RequestKind.Release,
        RequestKind.Heartbeat,
    ];

    private readonly Lock _lock = new();
    private readonly Entry[] _entries = new Entry[Enum.GetValues<RequestKind>().Length];
    private ulong _lastId;

    /// <summary>Asks anew; an earlier request of this kind is forgotten.</summary>
    /// <param name="kind">What to ask.</param>
    /// <param name="reason">Why, for a stop.</param>
    public void Post(RequestKind kind, StopReason reason = StopReason.Requested)
    {
        lock (_lock)
        {
            _entries[(int)kind] = new Entry { Id = ++_lastId, Due = true, Reason = reason };
        }
    }

    /// <summary>
    /// What the newest request of a kind was answered; Unspecified while it is open.
    /// </summary>
    /// <param name="kind">The kind.</param>
    public AckStatus StatusOf(RequestKind kind)
    {
        lock (_lock)
        {
            return _entries[(int)kind].Status;
        }
    }

    /// <summary>Whether the newest request of a kind has no answer yet.</summary>
    /// <param name="kind">The kind.</param>
    public bool IsOpen(RequestKind kind)
    {
        lock (_lock)
        {
            Entry entry = _entries[(int)kind];
            return entry.Id != 0 && entry.Status == AckStatus.Unspecified;
        }
    }

    /// <summary>Reason of the newest request of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public StopReason ReasonOf(RequestKind kind)
    {
        lock (_lock)
        {
            return _entries[(int)kind].Reason;
        }
    }

    /// <summary>The most urgent request to send now, new or repeated.</summary>
    /// <param name="nowNanoseconds">Now.</param>
    /// <param name="repeatNanoseconds">When an unanswered request is sent again.</param>
    /// <param name="kind">What to ask.</param>
    /// <param name="id">Its id.</param>
    public bool TryNext(
        long nowNanoseconds, long repeatNanoseconds, out RequestKind kind, out ulong id)
    {
        lock (_lock)
        {
            foreach (RequestKind candidate in ByUrgency)
            {
                Entry entry = _entries[(int)candidate];
                bool open = entry.Id != 0 && entry.Status == AckStatus.Unspecified;
                if (open && (entry.Due || nowNanoseconds - entry.SentAt > repeatNanoseconds))
                {
                    (kind, id) = (candidate, entry.Id);
                    return true;
                }
            }
        }

        (kind, id) = (RequestKind.Unspecified, 0);
        return false;
    }

    /// <summary>Notes that a request was sent.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="id">Its id; ignored when a newer one was posted meanwhile.</param>
    /// <param name="nowNanoseconds">Now.</param>
    public void MarkSent(RequestKind kind, ulong id, long nowNanoseconds)
    {
        lock (_lock)
        {
            ref Entry entry = ref _entries[(int)kind];
            if (entry.Id == id)
            {
                entry.Due = false;
                entry.SentAt = nowNanoseconds;
            }
        }
    }

    /// <summary>Notes an answer.</summary>
    /// <param name="id">The request.</param>
    /// <param name="status">The answer.</param>
    public void Acknowledge(ulong id, AckStatus status)
    {
        lock (_lock)
        {
            for (int i = 0; i < _entries.Length; i++)
            {
                if (_entries[i].Id == id)
                {
                    _entries[i].Status = status;
                }
            }
        }
    }

    private struct Entry
    {
        public ulong Id;
        public bool Due;
        public StopReason Reason;
        public long SentAt;
        public AckStatus Status;
    }
}
