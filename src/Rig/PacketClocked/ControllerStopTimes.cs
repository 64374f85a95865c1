using System.Text.Json;
using HilRig.Devices.PacketClocked;
using HilRig.Harness.Results;

namespace HilRig.Rig.PacketClocked;

/// <summary>When an emulated controller stopped, by its own stamps.</summary>
internal static class ControllerStopTimes
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Adds the times of the last stop in an event file.</summary>
    /// <param name="stop">The stop.</param>
    /// <param name="path">The file of an emulator that has ended.</param>
    /// <param name="faultNanoseconds">
    /// When its fault was injected, CLOCK_MONOTONIC ns; null: the last answer counts, or the
    /// decision.
    /// </param>
    public static StopReport Measure(StopReport stop, string path, long? faultNanoseconds)
    {
        Dictionary<ControllerEventKind, long> stamps = Read(path);
        if (!stamps.TryGetValue(ControllerEventKind.Stopped, out long decided))
        {
            return stop;
        }

        bool hasAnswer = stamps.TryGetValue(ControllerEventKind.LastAnswer, out long answered);
        (long cause, StopCauseSource from) = faultNanoseconds is { } injected
            ? (injected, StopCauseSource.Fault)
            : hasAnswer
                ? (answered, StopCauseSource.LastCommand)
                : (decided, StopCauseSource.Detection);
        return stop with
        {
            CauseNanoseconds = cause,
            CauseFrom = from,
            DecidedAfterMilliseconds = (decided - cause) / NanosecondsPerMillisecond,
            StoppedAfterMilliseconds = stamps.TryGetValue(ControllerEventKind.AtRest, out long rest)
                ? Math.Max(0, rest - cause) / NanosecondsPerMillisecond
                : null,
        };
    }

    // The last stamp of each kind.
    private static Dictionary<ControllerEventKind, long> Read(string path)
    {
        var stamps = new Dictionary<ControllerEventKind, long>();
        foreach (string line in File.Exists(path) ? File.ReadLines(path) : [])
        {
            using JsonDocument happened = JsonDocument.Parse(line);
            if (happened.RootElement.TryGetProperty("monotonic_ns", out JsonElement stamp)
                && Enum.TryParse(
                    happened.RootElement.GetProperty("kind").GetString(),
                    out ControllerEventKind kind))
            {
                stamps[kind] = stamp.GetInt64();
            }
        }

        return stamps;
    }
}
