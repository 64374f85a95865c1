using HilRig.Harness.Scenarios;

namespace HilRig.Harness.Controllers;

/// <summary>Where a controller works.</summary>
public sealed record ControllerSetting
{
    /// <summary>Joints, in [dof] order.</summary>
    public required IReadOnlyList<JointBounds> Joints { get; init; }

    /// <summary>Rate of the loop, Hz.</summary>
    public required double RateHertz { get; init; }

    /// <summary>Start pose, rad or m; NaN where the joint stays as measured. Shape [dof].</summary>
    public required IReadOnlyList<double> StartPose { get; init; }

    /// <summary>Length of the measured phase, s; NaN while it is not known yet.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>The recorded plant's log, when a recording is the plant.</summary>
    public string? RecordedLogPath { get; init; }

    /// <summary>Folder of recordings; null when none was named.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Index of the joint called <paramref name="name"/>, or -1.</summary>
    /// <param name="name">Joint name.</param>
    public int IndexOf(string name)
    {
        for (int i = 0; i < Joints.Count; i++)
        {
            if (Joints[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
