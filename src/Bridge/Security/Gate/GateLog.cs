using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using HilRig.Bridge.Security.Keys;
using HilRig.Core.RealTime;

namespace HilRig.Bridge.Security.Gate;

/// <summary>
/// Lines of JSON about what the gate refuses: at most one a second and reason, each with the number
/// of those left out before it. So strangers can fill neither a disk nor a terminal. Any thread.
/// </summary>
internal sealed class GateLog
{
    private const long QuietNanoseconds = 1_000_000_000;
    private const int DetailLengthMax = 200;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly Action<string>? _write;
    private readonly Lock _lock = new();
    private readonly long[] _lastNanoseconds = new long[Enum.GetValues<GateReason>().Length];
    private readonly long[] _omitted = new long[Enum.GetValues<GateReason>().Length];

    /// <summary>Writes to somebody.</summary>
    /// <param name="write">Receives lines; null: nobody does.</param>
    public GateLog(Action<string>? write)
    {
        _write = write;
    }

    /// <summary>Says that a connection was closed or a frame dropped.</summary>
    /// <param name="reason">Why.</param>
    /// <param name="peer">Whose.</param>
    /// <param name="key">Its key, once known.</param>
    /// <param name="detail">More, such as an error's message.</param>
    public void Say(GateReason reason, EndPoint? peer, AllowedKey? key, string? detail)
    {
        if (_write is null)
        {
            return;
        }

        long now = MonotonicClock.NowNanoseconds;
        long omitted;
        lock (_lock)
        {
            long last = _lastNanoseconds[(int)reason];
            if (last != 0 && now - last < QuietNanoseconds)
            {
                _omitted[(int)reason]++;
                return;
            }

            _lastNanoseconds[(int)reason] = now;
            omitted = _omitted[(int)reason];
            _omitted[(int)reason] = 0;
        }

        _write(JsonSerializer.Serialize(
            new
            {
                gate = reason.ToString(),
                peer = peer?.ToString(),
                key = key?.Name,
                fingerprint = key?.Fingerprint.Text,
                detail = detail?.Length > DetailLengthMax ? detail[..DetailLengthMax] : detail,
                omitted,
                monotonicNanoseconds = now,
            },
            Format));
    }
}
