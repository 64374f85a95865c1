using HilRig.Core.Errors;
using HilRig.Core.Rigs;

namespace HilRig.Rig.Running;

/// <summary>
/// Checks that the files of a virtual arm are there before a process is started for it.
/// </summary>
internal static class VirtualRigFiles
{
    /// <summary>Throws when one is absent.</summary>
    /// <param name="rig">A rig with a 'virtual' block.</param>
    /// <exception cref="ScenarioException">A file does not exist.</exception>
    public static void Require(RigDescription rig)
    {
        string[] files = rig.Virtual!.ServoPath.Length == 0
            ? [rig.Virtual.ModelPath]
            : [rig.Virtual.ModelPath, rig.Virtual.ServoPath];
        foreach (string file in files)
        {
            if (!File.Exists(file))
            {
                throw new ScenarioException(
                    "A file of the virtual arm does not exist",
                    rig.Path,
                    found: file,
                    remedy: "correct 'virtual.model' or 'virtual.servos'; "
                        + "paths start at the rig file");
            }
        }
    }
}
