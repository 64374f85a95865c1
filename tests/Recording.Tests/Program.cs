using HilRig.Recording.Episodes;

namespace HilRig.Recording.Tests;

/// <summary>
/// The program of this assembly when a test starts it as a process to kill: appends episodes to a
/// log and says after each one which it was.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        using EpisodeLog log = EpisodeLog.Open(arguments[0], Episodes.Episodes.Header);
        while (true)
        {
            Console.Out.WriteLine(log.Append(Episodes.Episodes.Number(log.Count)));
        }
    }
}
