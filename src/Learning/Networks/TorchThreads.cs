using System.Runtime.InteropServices;
using TorchSharp;

namespace HilRig.Learning.Networks;

/// <summary>
/// Makes torch compute on one thread and wait without spinning: nets of a rig are too small for
/// more, sums of one thread repeat bit for bit, and spinning starves the loop beside it.
/// </summary>
internal static partial class TorchThreads
{
    private static readonly bool IsPrepared = Prepare();

    /// <summary>Does so, once, before the first use of torch.</summary>
    public static void Require() =>
        Core.Errors.Invariant.Require(IsPrepared, "torch computes on one thread");

    private static bool Prepare()
    {
        if (OperatingSystem.IsLinux())
        {
            // The runtime's own copy of the environment does not reach the native library.
            _ = SetVariable("OMP_WAIT_POLICY", "PASSIVE", 0);
        }

        torch.set_num_threads(1);
        return torch.get_num_threads() == 1;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetVariable(string name, string value, int replace);
}
