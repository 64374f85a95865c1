using System.CommandLine;

namespace HilRig.Cli.Learning;

/// <summary>`hilrig learn …`: hands everything to `hilrig-learn`.</summary>
internal static class LearnCommand
{
    /// <summary>The entry of the list of commands; it is run by <see cref="Takes"/>.</summary>
    public static Command Create() => new(
        "learn", "Learn a task from demonstrations and by trying: bc, td3, ibrl, rlpd, rft, …")
    {
        TreatUnmatchedTokensAsErrors = false,
    };

    /// <summary>Whether the learning program takes this command line as a whole.</summary>
    /// <param name="arguments">The command line.</param>
    public static bool Takes(string[] arguments) => arguments is ["learn", ..];
}
