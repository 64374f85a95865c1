using static HilRig.Harness.Episodes.Resets.ResetEvent;
using static HilRig.Harness.Episodes.Resets.ResetPhase;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>
/// The reset protocol as a table: phase and event give what follows. Every phase has a time-out, a
/// retry, a skip and a broken-rig exit.
/// </summary>
public static class ResetTable
{
    private static readonly Dictionary<(ResetPhase, ResetEvent), ResetTransition> Rows = Make();

    /// <summary>What an event does in a phase.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="happened">The event.</param>
    public static ResetTransition Find(ResetPhase phase, ResetEvent happened) =>
        Rows.GetValueOrDefault((phase, happened));

    private static Dictionary<(ResetPhase, ResetEvent), ResetTransition> Make()
    {
        var rows = new Dictionary<(ResetPhase, ResetEvent), ResetTransition>
        {
            [(Freeze, Reached)] = new(Retreat),
            [(Freeze, TimedOut)] = Again(Freeze, ResetExit.ArmStuck),
            [(Retreat, Reached)] = new(ArmOpen),
            [(Retreat, TimedOut)] = Again(Freeze, ResetExit.ArmStuck),
            [(ArmOpen, Reached)] = new(Confirm),
            [(ArmOpen, TimedOut)] = Again(ArmOpen, ResetExit.ArmStuck),
            [(Confirm, Confirmed)] = new(Verify),
            [(Confirm, TimedOut)] = Again(Confirm, ResetExit.OperatorSilent),
            [(Verify, Passed)] = new(Ready),
            [(Verify, Refused)] = Again(Confirm, ResetExit.NeverVerified),
            [(Verify, TimedOut)] = Again(Retreat, ResetExit.ArmStuck),
            [(Ready, Reached)] = new(null, ResetExit.Ready),
            [(Ready, TimedOut)] = Again(Verify, ResetExit.ArmStuck),
        };
        foreach (ResetPhase phase in Enum.GetValues<ResetPhase>())
        {
            // A retry by hand is no attempt: a person may try as often as she likes.
            rows[(phase, ResetEvent.Retry)] = new(Freeze);
            rows[(phase, ResetEvent.Skip)] = new(null, ResetExit.Skipped);
            rows[(phase, ResetEvent.Broken)] = new(null, ResetExit.Broken);
        }

        return rows;
    }

    private static ResetTransition Again(ResetPhase next, ResetExit exhausted) =>
        new(next, ResetExit.None, IsAttempt: true, exhausted);
}
