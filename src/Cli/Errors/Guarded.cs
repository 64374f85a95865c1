using HilRig.Bridge.Security.Keys;
using HilRig.Core.Errors;

namespace HilRig.Cli.Errors;

/// <summary>Turns exceptions into a message on standard error and an exit code.</summary>
internal static class Guarded
{
    /// <summary>Runs <paramref name="action"/>.</summary>
    /// <param name="action">What the command does; returns its exit code.</param>
    public static int Run(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (RigException error)
        {
            Console.Error.WriteLine("hilrig: " + error.Message);
            return CodeOf(error);
        }
        catch (Exception bug)
        {
            Console.Error.WriteLine("hilrig: this is a bug in HilRig, please report it.");
            Console.Error.WriteLine(bug);
            return ExitCode.Bug;
        }
    }

    /// <summary>The exit code of an error.</summary>
    /// <param name="error">The error.</param>
    public static int CodeOf(RigException error) => error switch
    {
        ScenarioException or ModelException or KeyException => ExitCode.Usage,
        Bench.MissingControl => ExitCode.Inconclusive,
        _ => ExitCode.RigError,
    };
}
