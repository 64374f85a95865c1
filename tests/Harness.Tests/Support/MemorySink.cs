using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Core.Telemetry;

namespace HilRig.Harness.Tests.Support;

/// <summary>A sink that keeps everything, and can run out of disk.</summary>
internal sealed class MemorySink : ITelemetrySink
{
    private volatile RecordingStatus _status = RecordingStatus.Recording;

    public RecordingStatus Status => _status;

    public RigException? Failure =>
        _status == RecordingStatus.Recording ? null : new RecordingException("the disk is full");

    public int FullAfter { get; init; } = int.MaxValue;

    public List<TickRecord> Records { get; } = [];

    public List<string> Events { get; } = [];

    public void Append(TickRecord record)
    {
        var copy = new TickRecord(record.Command.Position.Length);
        record.CopyTo(copy);
        Records.Add(copy);
        if (Records.Count >= FullAfter)
        {
            _status = RecordingStatus.DiskFull;
        }
    }

    public List<PolicyStep> Steps { get; } = [];

    public void AppendStep(in PolicyStep step) => Steps.Add(step);

    public void AppendEvent(long instantNanoseconds, string kind, string text) =>
        Events.Add($"{kind}: {text}");

    public void Dispose()
    {
    }
}
