using HilRig.Core.Errors;
using HilRig.Core.Telemetry;

namespace HilRig.Core.Ports;

/// <summary>Takes finished ticks off the loop, on a thread that is not the loop's.</summary>
/// <remarks>
/// A sink never throws on append: it keeps a status, and drops what it cannot write.
/// </remarks>
public interface ITelemetrySink : IDisposable
{
    /// <summary>Whether ticks still reach the disk. May be read from any thread.</summary>
    RecordingStatus Status { get; }

    /// <summary>What ended the recording early, ready to show; null while all is well.</summary>
    RigException? Failure { get; }

    /// <summary>Records one tick. The record is reused after the call.</summary>
    /// <param name="record">The finished tick.</param>
    void Append(TickRecord record);

    /// <summary>Records a dated remark: a phase, a fault, a stop.</summary>
    /// <param name="instantNanoseconds">When, CLOCK_MONOTONIC ns.</param>
    /// <param name="kind">What sort: "phase", "fault", "stop", "note".</param>
    /// <param name="text">What happened.</param>
    void AppendEvent(long instantNanoseconds, string kind, string text);

    /// <summary>Records the provenance of a step of an episode.</summary>
    /// <param name="step">The step.</param>
    void AppendStep(in PolicyStep step);
}
