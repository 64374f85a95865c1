using System.Globalization;
using HilRig.Devices.Virtual.Logs;

namespace HilRig.Devices.Tests.Virtual.Logs;

/// <summary>
/// The test assembly run as a program: replays a log in a process of its own and prints the state.
/// </summary>
internal static class ReplayProgram
{
    /// <summary>Replays a log into the arm of a seed.</summary>
    /// <param name="arguments">Path and seed.</param>
    private static int Main(string[] arguments)
    {
        var seed = ulong.Parse(arguments[1], CultureInfo.InvariantCulture);
        var result = VirtualArmReplay.Run(arguments[0], VirtualArmTests.Arm(seed).Arm);
        Console.Out.WriteLine(result.StateHash.ToString("x16", CultureInfo.InvariantCulture));
        return 0;
    }
}
