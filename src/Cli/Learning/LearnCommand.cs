using System.CommandLine;

namespace HilRig.Cli.Learning;

/// <summary>
/// `hilrig learn …`: what needs no torch is done here, all else by `hilrig-learn`.
/// </summary>
internal static class LearnCommand
{
    /// <summary>The commands that are done here.</summary>
    public static Command Create() => new(
        "learn", "Learn a task from demonstrations and by trying: bc, td3, ibrl, rlpd, rft, …")
    {
        DeployCommands.CreatePromote(),
        DeployCommands.CreateRollback(),
    };

    /// <summary>Whether the learning program takes this command line as a whole.</summary>
    /// <param name="arguments">The command line.</param>
    public static bool Takes(string[] arguments) =>
        arguments is ["learn", ..] and not ["learn", "promote" or "rollback", ..];
}
