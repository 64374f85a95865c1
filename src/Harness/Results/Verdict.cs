namespace HilRig.Harness.Results;

/// <summary>
/// Outcome of a budget, a run or a suite. The number is the exit code of <c>hilrig run</c>, and the
/// worse outcome has the larger number.
/// </summary>
public enum Verdict
{
    /// <summary>Every budget was met on enough data.</summary>
    Pass = 0,

    /// <summary>
    /// The data cannot support a judgement: too few samples, no real time, input absent.
    /// </summary>
    Inconclusive = 20,

    /// <summary>A budget was exceeded: the product failed.</summary>
    Fail = 30,

    /// <summary>Somebody or the controller ended the run before its time.</summary>
    Aborted = 40,

    /// <summary>The rig failed: nothing can be said about the product.</summary>
    RigError = 50,
}
