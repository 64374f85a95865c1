using Microsoft.ML.OnnxRuntime;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>How the runtime computes in a loop: on its own thread, without spinning.</summary>
internal static class PolicySession
{
    /// <summary>Options of a session; the caller disposes of them.</summary>
    internal static SessionOptions Options()
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        return options;
    }
}
