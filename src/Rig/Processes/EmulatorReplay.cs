using HilRig.Core.Errors;
using HilRig.Devices.Virtual.Logs;
using HilRig.Rig.Files;
using HilRig.Rig.Virtual;

namespace HilRig.Rig.Processes;

/// <summary>`hilrig emulate --replay`: steps a fresh virtual arm through a log.</summary>
public static class EmulatorReplay
{
    private const int AnotherState = 30;

    /// <summary>Replays a log and prints the hash of the state it ends in.</summary>
    /// <param name="rigPath">Rig file the log was made with.</param>
    /// <param name="logPath">Log written by `hilrig emulate --log`.</param>
    /// <param name="output">Takes one line.</param>
    /// <returns>
    /// 0 when the state is the recorded one or none was recorded; 30 when it is another.
    /// </returns>
    /// <exception cref="Core.Errors.RigException">A file is wrong.</exception>
    public static int Run(string rigPath, string logPath, TextWriter output)
    {
        if (!File.Exists(logPath))
        {
            throw new ScenarioException(
                "The log does not exist",
                logPath,
                "a file that 'hilrig emulate --log' wrote",
                remedy: "check the path");
        }

        VirtualArmReplayResult result =
            VirtualArmReplay.Run(logPath, VirtualRig.Build(RigFile.Load(rigPath)));
        string recorded = result.RecordedHash is { } hash
            ? result.IsIdentical ? "as recorded" : $"recorded {hash:x16}"
            : "the log was cut off";
        output.WriteLine($"steps {result.StepCount}, state {result.StateHash:x16}, {recorded}");
        return result.RecordedHash is null || result.IsIdentical ? 0 : AnotherState;
    }
}
