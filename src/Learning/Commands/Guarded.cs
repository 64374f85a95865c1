using HilRig.Core.Errors;
using HilRig.Learning.Training;

namespace HilRig.Learning.Commands;

/// <summary>Turns exceptions into a message on standard error and an exit code.</summary>
internal static class Guarded
{
    /// <summary>Runs a command.</summary>
    /// <param name="action">What it does; returns its exit code.</param>
    public static int Run(Func<int> action)
    {
        try
        {
            return action();
        }
        catch (RigException error)
        {
            Console.Error.WriteLine("hilrig learn: " + error.Message);
            return error switch
            {
                ScenarioException or ModelException => ExitCode.Usage,
                LearningException => ExitCode.Diverged,
                _ => ExitCode.RigError,
            };
        }
        catch (Exception bug)
        {
            Console.Error.WriteLine("hilrig learn: this is a bug in HilRig, please report it.");
            Console.Error.WriteLine(bug);
            return ExitCode.Bug;
        }
    }
}
