using HilRig.Harness.Episodes.Resets;
using static HilRig.Harness.Episodes.Resets.ResetEvent;
using static HilRig.Harness.Episodes.Resets.ResetPhase;

namespace HilRig.Harness.Tests.Episodes.Resets;

internal sealed class ResetTableTests
{
    /// <summary>Every pair that means something; all others must be ignored.</summary>
    private static readonly Dictionary<(ResetPhase, ResetEvent), string> Expected = new()
    {
        [(Freeze, Reached)] = "Retreat",
        [(Freeze, TimedOut)] = "Freeze or ArmStuck",
        [(Retreat, Reached)] = "ArmOpen",
        [(Retreat, TimedOut)] = "Freeze or ArmStuck",
        [(ArmOpen, Reached)] = "Confirm",
        [(ArmOpen, TimedOut)] = "ArmOpen or ArmStuck",
        [(Confirm, Confirmed)] = "Verify",
        [(Confirm, TimedOut)] = "Confirm or OperatorSilent",
        [(Verify, Passed)] = "Ready",
        [(Verify, Refused)] = "Confirm or NeverVerified",
        [(Verify, TimedOut)] = "Retreat or ArmStuck",
        [(Ready, Reached)] = "exit Ready",
        [(Ready, TimedOut)] = "Verify or ArmStuck",
    };

    private static readonly (ResetEvent Word, string Result)[] Words =
    [
        (Retry, "Freeze"),
        (Skip, "exit Skipped"),
        (Broken, "exit Broken"),
    ];

    [Test]
    public void Every_pair_of_phase_and_event_does_what_the_table_says(
        [Values] ResetPhase phase, [Values] ResetEvent happened)
    {
        string expected = Words.Any(word => word.Word == happened)
            ? Words.Single(word => word.Word == happened).Result
            : Expected.GetValueOrDefault((phase, happened), "ignored");
        Assert.That(Text(ResetTable.Find(phase, happened)), Is.EqualTo(expected));
    }

    [Test]
    public void Every_phase_has_a_time_out_a_retry_a_skip_and_a_broken_rig_exit(
        [Values] ResetPhase phase)
    {
        foreach (ResetEvent exit in new[] { TimedOut, Retry, Skip, Broken })
        {
            Assert.That(ResetTable.Find(phase, exit).IsIgnored, Is.False, $"{exit}");
        }
    }

    private static string Text(ResetTransition row) =>
        row.IsIgnored ? "ignored"
        : row.Exit != ResetExit.None ? $"exit {row.Exit}"
        : row.IsAttempt ? $"{row.Next} or {row.Exhausted}"
        : $"{row.Next}";
}
