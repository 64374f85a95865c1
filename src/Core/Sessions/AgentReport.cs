using HilRig.Core.Joints;

namespace HilRig.Core.Sessions;

/// <summary>What an agent counts; travels with each state. Preallocated and reused.</summary>
public sealed class AgentReport
{
    private static readonly int VerdictCount = Enum.GetValues<CommandVerdict>().Length;

    /// <summary>Commands by verdict, indexed by <see cref="CommandVerdict"/>.</summary>
    public long[] CommandCounts { get; } = new long[VerdictCount];

    /// <summary>Why the agent has stopped; None while it has not.</summary>
    public StopReason StopReason { get; set; }

    /// <summary>Joint (index) that caused the stop, or -1.</summary>
    public int StopJoint { get; set; } = -1;

    /// <summary>Bus transactions that timed out or came back damaged.</summary>
    public long BusErrorCount { get; set; }

    /// <summary>Reads that succeeded only when retried.</summary>
    public long BusRetryCount { get; set; }

    /// <summary>Whether every servo has confirmed the safe posture (read back).</summary>
    public bool StopAcknowledged { get; set; }

    /// <summary>Bytes allocated on the managed heap by the agent's process since warm-up.</summary>
    public long AllocatedBytes { get; set; }

    /// <summary>Copies every field into <paramref name="target"/>.</summary>
    /// <param name="target">Receives the copy.</param>
    public void CopyTo(AgentReport target)
    {
        CommandCounts.AsSpan().CopyTo(target.CommandCounts);
        target.StopReason = StopReason;
        target.StopJoint = StopJoint;
        target.BusErrorCount = BusErrorCount;
        target.BusRetryCount = BusRetryCount;
        target.StopAcknowledged = StopAcknowledged;
        target.AllocatedBytes = AllocatedBytes;
    }
}
