using HilRig.Core.Joints;

namespace HilRig.Harness.Episodes.Resets;

/// <summary>What the checks before an episode see. SI units.</summary>
public sealed record VerifyScene
{
    /// <summary>The task on its rig.</summary>
    public required SessionSetting Setting { get; init; }

    /// <summary>Tolerances.</summary>
    public required ResetOptions Options { get; init; }

    /// <summary>The newest measured state, in the plant's order.</summary>
    public required JointState Measured { get; init; }

    /// <summary>Start pose, NaN: anywhere, in the plant's order. Shape [dof].</summary>
    public required IReadOnlyList<double> StartPose { get; init; }

    /// <summary>Where the objects should be, in the task's order. Shape [object].</summary>
    public required IReadOnlyList<double> WantedObjects { get; init; }

    /// <summary>
    /// Where they are seen; null where nothing sees them now. Shape [object].
    /// </summary>
    public required IReadOnlyList<double>? SeenObjects { get; init; }

    /// <summary>When they were seen, ns.</summary>
    public required long SeenNanoseconds { get; init; }

    /// <summary>Now, ns.</summary>
    public required long NowNanoseconds { get; init; }

    /// <summary>Whether the operator said in this reset that she is out of reach.</summary>
    public required bool IsOperatorOutByWord { get; init; }
}
