using HilRig.Testing.Running;

namespace HilRig.Testing.Verdicts;

/// <summary>Why a run says nothing of the product, so that it may be run again.</summary>
internal static class Excuse
{
    /// <summary>
    /// The excuse in words; null when there is none: it passed, it was cancelled, the file or the
    /// program is wrong, hardware moved, or its loop had its time and the verdict stands.
    /// </summary>
    /// <param name="report">What the program reported.</param>
    /// <param name="output">How the program ended.</param>
    /// <param name="facts">What kind of scenario it was.</param>
    public static string? Of(ProgramReport report, ProgramOutput output, ScenarioFacts facts) =>
        output.Cancelled || facts.DrivesHardware ? null : report.Verdict switch
        {
            RunVerdict.RigError => report.Starvation ?? "its rig failed",
            RunVerdict.Fail or RunVerdict.Inconclusive or RunVerdict.Aborted => report.Starvation,
            RunVerdict.Pass or RunVerdict.Usage or RunVerdict.Bug => null,
        };
}
