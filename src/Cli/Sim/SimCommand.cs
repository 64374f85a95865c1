using System.CommandLine;
using HilRig.Cli.Sim.Bench;

namespace HilRig.Cli.Sim;

/// <summary>`hilrig sim`: the simulator alone, without a rig.</summary>
internal static class SimCommand
{
    /// <summary>Makes the command with its verbs.</summary>
    public static Command Create() =>
        new("sim", "The simulator alone: compile, inspect and step models.")
        {
            SimCheck.Create(),
            SimDump.Create(),
            SimStep.Create(),
            SimRollout.Create(),
            SimBench.Create(),
        };
}
