namespace HilRig.Learning.Commands;

/// <summary>Exit codes, as those of `hilrig`.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Learning diverged; the last snapshot is whole.</summary>
    public const int Diverged = 30;

    /// <summary>Stopped by a signal; `resume` goes on.</summary>
    public const int Aborted = 40;

    /// <summary>A file could not be read or written.</summary>
    public const int RigError = 50;

    /// <summary>The command line or a file it names is wrong.</summary>
    public const int Usage = 64;

    /// <summary>A bug in HilRig.</summary>
    public const int Bug = 70;
}
