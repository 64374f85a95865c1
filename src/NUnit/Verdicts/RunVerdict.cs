namespace HilRig.Testing.Verdicts;

/// <summary>
/// The verdicts of the <c>hilrig run --json</c> contract, numbered as its exit codes.
/// </summary>
internal enum RunVerdict
{
    /// <summary>Every budget was met.</summary>
    Pass = 0,

    /// <summary>The data cannot support a judgement.</summary>
    Inconclusive = 20,

    /// <summary>A budget was exceeded: the product failed.</summary>
    Fail = 30,

    /// <summary>The run ended before its time.</summary>
    Aborted = 40,

    /// <summary>The rig failed: nothing can be said about the product.</summary>
    RigError = 50,

    /// <summary>The scenario or the command line is wrong: it never became a run.</summary>
    Usage = 64,

    /// <summary>
    /// The program itself failed, or printed something else than the contract's object.
    /// </summary>
    Bug = 70,
}
