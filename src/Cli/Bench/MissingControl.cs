using HilRig.Core.Errors;

namespace HilRig.Cli.Bench;

/// <summary>
/// The program a bench measures itself against is not there, so the bench says nothing: exit code
/// 20, as an inconclusive run.
/// </summary>
internal sealed class MissingControl : RigException
{
    /// <summary>Says which.</summary>
    /// <param name="program">The program.</param>
    /// <param name="found">What was found instead.</param>
    /// <param name="remedy">How to get it.</param>
    public MissingControl(string program, string found, string remedy)
        : base("the bench's control cannot run", program, "a program that runs", found, remedy)
    {
    }
}
