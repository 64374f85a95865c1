using System.CommandLine;
using HilRig.Cli.Errors;
using HilRig.Harness.Promotion;

namespace HilRig.Cli.Learning;

/// <summary>
/// `hilrig learn promote RUN POLICY` and `hilrig learn rollback RUN`: which policy of a run acts.
/// </summary>
internal static class DeployCommands
{
    /// <summary>Names of the commands.</summary>
    public static IReadOnlyList<string> Names { get; } = ["promote", "rollback"];

    /// <summary>Makes `promote`.</summary>
    public static Command CreatePromote()
    {
        Argument<string> run = RunArgument();
        var policy = new Argument<string>("POLICY")
        {
            Description = "Folder of the policy below RUN/policies, such as 0007.",
        };
        Option<string> why = WhyOption();
        var command = new Command(
            "promote", "Deploy a policy by hand; in a session the gate does it.")
        {
            run,
            policy,
            why,
        };
        command.SetAction(parsed => Promote(
            parsed.GetRequiredValue(run),
            parsed.GetRequiredValue(policy),
            parsed.GetRequiredValue(why),
            Console.Out));
        return command;
    }

    /// <summary>Makes `rollback`.</summary>
    public static Command CreateRollback()
    {
        Argument<string> run = RunArgument();
        Option<string> why = WhyOption();
        var command = new Command(
            "rollback", "Take the deployed policy back; the one that it replaced acts again.")
        {
            run,
            why,
        };
        command.SetAction(parsed => Rollback(
            parsed.GetRequiredValue(run), parsed.GetRequiredValue(why), Console.Out));
        return command;
    }

    /// <summary>Deploys a policy.</summary>
    public static int Promote(string run, string policy, string why, TextWriter output)
    {
        Deployment deployment = Deployment.Open(run);
        deployment.Promote(policy, why, DateTimeOffset.UtcNow);
        output.WriteLine($"policy {Text(deployment)} is deployed");
        return ExitCode.Success;
    }

    /// <summary>Takes the deployed policy back.</summary>
    public static int Rollback(string run, string why, TextWriter output)
    {
        Deployment deployment = Deployment.Open(run);
        string? before = deployment.Current?.Policy;
        deployment.Rollback(why, DateTimeOffset.UtcNow);
        output.WriteLine($"policy {before} is taken back, {Text(deployment)} is deployed");
        return ExitCode.Success;
    }

    private static string Text(Deployment deployment) =>
        $"{deployment.Current!.Policy} ({deployment.Current.Sha256[..12]})";

    private static Argument<string> RunArgument() => new("RUN")
    {
        Description = "Run folder of hilrig learn.",
    };

    private static Option<string> WhyOption() => new("--why")
    {
        Description = "The reason, for the record.",
        DefaultValueFactory = _ => "by hand",
    };
}
