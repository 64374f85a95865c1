using HilRig.Testing.Running;

namespace HilRig.Testing.Verdicts;

/// <summary>What a scenario's test ends with, and what it says.</summary>
/// <param name="Outcome">How it ends.</param>
/// <param name="Message">The words for a reader.</param>
internal sealed record Judgement(Outcome Outcome, string Message)
{
    /// <summary>Judges a finished run.</summary>
    /// <param name="report">What the program reported.</param>
    /// <param name="output">How the program ended.</param>
    /// <param name="facts">What kind of scenario it was.</param>
    /// <param name="requirements">What is no excuse on this machine.</param>
    public static Judgement Of(
        ProgramReport report, ProgramOutput output, ScenarioFacts facts, Requirements requirements)
    {
        if (output.Cancelled)
        {
            string end = output.ExitCode is { } code
                ? $"it was interrupted and ended with {code}"
                : "it was interrupted, did not end and was killed; the guardian holds the rig";
            return new(Outcome.Fail, $"Out of time: {end}.\n{report.Explanation}");
        }

        string? strict = WhyStrict(facts, requirements);
        return report.Verdict switch
        {
            RunVerdict.Pass => new(Outcome.Pass, ""),
            RunVerdict.Fail => new(Outcome.Fail, $"Fail: {report.Explanation}"),
            RunVerdict.Inconclusive => NoVerdict(
                Outcome.Inconclusive, "the data supports no judgement", report, strict),
            RunVerdict.Aborted => NoVerdict(
                Outcome.Skip, "the run ended before its time", report, strict),
            RunVerdict.RigError => NoVerdict(
                Outcome.Skip, "the rig failed, which says nothing of the product", report, strict),
            RunVerdict.Usage => new(Outcome.Fail, $"The scenario cannot run: {report.Explanation}"),
            RunVerdict.Bug => new(Outcome.Fail, $"hilrig failed: {report.Explanation}"),
        };
    }

    private static Judgement NoVerdict(
        Outcome lenient, string meaning, ProgramReport report, string? strict)
    {
        string message = $"{report.Verdict} ({meaning}): {report.Explanation}";
        return strict is null
            ? new(lenient, message)
            : new(Outcome.Fail, $"{message}\nIt fails the test because {strict}.");
    }

    /// <summary>
    /// Why a run without a verdict fails its test here; null when it may be excused.
    /// </summary>
    private static string? WhyStrict(ScenarioFacts facts, Requirements requirements)
    {
        if (!facts.DrivesHardware)
        {
            return "no hardware is involved";
        }

        if (requirements.Names.Contains("rig"))
        {
            return "HILRIG_REQUIRE has rig";
        }

        return requirements.Ci ? "this is CI" : null;
    }
}
