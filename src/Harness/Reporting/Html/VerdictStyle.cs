using HilRig.Harness.Results;

namespace HilRig.Harness.Reporting.Html;

/// <summary>Style class and sign of a verdict; the sign carries it where colour does not.</summary>
internal static class VerdictStyle
{
    public static string ClassOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "pass",
        Verdict.Inconclusive => "inconclusive",
        Verdict.Fail => "fail",
        Verdict.Aborted => "aborted",
        Verdict.RigError => "rig-error",
    };

    public static string SignOf(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✓",
        Verdict.Inconclusive => "?",
        Verdict.Fail => "✕",
        Verdict.Aborted => "■",
        Verdict.RigError => "!",
    };
}
