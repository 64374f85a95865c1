namespace HilRig.Cli.Errors;

/// <summary>Exit codes that are not verdicts; verdicts use 0, 20, 30, 40 and 50.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>
    /// The machine or its tools do not allow an answer; same number as the verdict Inconclusive.
    /// </summary>
    public const int Inconclusive = 20;

    /// <summary>
    /// A device, port or process could not be used; same number as the verdict RigError.
    /// </summary>
    public const int RigError = 50;

    /// <summary>The command line or a file it names is wrong (EX_USAGE of sysexits).</summary>
    public const int Usage = 64;

    /// <summary>A bug in HilRig (EX_SOFTWARE of sysexits).</summary>
    public const int Bug = 70;
}
