using HilRig.Core.Errors;

namespace HilRig.Rig.Processes;

/// <summary>
/// The frame of every child process: says on standard output that it is ready or why it is not, and
/// learns of its parent's end.
/// </summary>
internal static class ChildMain
{
    /// <summary>Exit code of a child that could not start or whose device failed.</summary>
    public const int Failed = 50;

    /// <summary>Runs a child.</summary>
    /// <param name="role">Its command, such as "agent".</param>
    /// <param name="isSupervised">Whether standard input is the parent's pipe.</param>
    /// <param name="body">
    /// Does the work. Takes what to call when ready, and a token that is cancelled when the parent
    /// has ended; returns the exit code.
    /// </param>
    /// <param name="onLine">Takes lines of the parent; null: they are ignored.</param>
    public static int Run(
        string role,
        bool isSupervised,
        Func<Action<ReadyLine>, CancellationToken, int> body,
        Action<string>? onLine = null)
    {
        using IDisposable priority = SupportingThreads.Enter();
        using ParentWatch? watch = isSupervised ? ParentWatch.OnStandardInput(onLine) : null;
        try
        {
            return body(Say, watch?.Ended ?? CancellationToken.None);
        }
        catch (RigException error) when (isSupervised)
        {
            Console.Error.WriteLine(error.Message);
            Say(new ReadyLine { Role = role, Error = ReadyError.From(error) });
            return Failed;
        }
    }

    private static void Say(ReadyLine line)
    {
        Console.Out.WriteLine(line.Encode());
        Console.Out.Flush();
    }
}
