using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Rig.Files;

namespace HilRig.Cli.Bench.Stops;

/// <summary>The motion that the bench interrupts: three joints swing, seldom at rest.</summary>
internal static class StopBenchScenario
{
    /// <summary>Start of the motion after arming, s; approach, settle and some more.</summary>
    public const double MotionStartSeconds = 1.2;

    /// <summary>How long it lasts, s.</summary>
    public const double MotionSeconds = 12;

    /// <summary>Fastest goal, rad/s: amplitude times 2π times frequency.</summary>
    public const double PeakRadiansPerSecond = 1.5;

    private static readonly (string Joint, double Pose, double Amplitude, double Hertz)[] Swings =
    [
        ("shoulder_pan", 0, 0.34, 0.7), ("shoulder_lift", -1.0, 0.15, 0.6),
        ("wrist_roll", 0, 0.34, 0.7),
    ];

    /// <summary>Reads a rig that the bench can drive.</summary>
    /// <param name="rigPath">Rig file.</param>
    /// <exception cref="ScenarioException">The rig is not virtual, or has other joints.</exception>
    public static RigDescription Load(string rigPath)
    {
        RigDescription rig = RigFile.Load(rigPath);
        List<string> joints = [.. rig.Joints.Select(joint => joint.Name)];
        string[] missing = [.. Swings.Select(swing => swing.Joint).Except(joints)];
        if (rig.Virtual is null || missing.Length > 0)
        {
            throw new ScenarioException(
                "The stop bench cannot drive this rig",
                rigPath,
                "a virtual rig with the joints " + string.Join(", ", Swings.Select(s => s.Joint)),
                rig.Virtual is null ? "a real one" : "none called " + string.Join(", ", missing),
                "rigs/so101-virtual.yaml");
        }

        return rig;
    }

    /// <summary>The text of the scenario.</summary>
    /// <param name="rigPath">Rig file.</param>
    /// <param name="fault">What goes wrong, without its time; null: nothing.</param>
    /// <param name="seconds">When, since the motion began.</param>
    public static string Text(string rigPath, string? fault, double seconds)
    {
        IEnumerable<string> pose = Swings.Select(
            swing => FormattableString.Invariant($"{swing.Joint}: {swing.Pose} rad"));
        IEnumerable<string> joints = Swings.Select(swing => FormattableString.Invariant(
            $"    {swing.Joint}: [{{ type: sine, amplitude: {swing.Amplitude} rad, ")
            + FormattableString.Invariant(
                $"frequency: {swing.Hertz} Hz, time: {MotionSeconds} s }}]"));
        string faults = fault is null
            ? ""
            : FormattableString.Invariant($"faults: [{{ {fault}, at: {seconds:0.000} s }}]");
        return $$"""
            schema: 1
            name: stop-bench
            description: Three joints swing until something stops them.
            rig: {{rigPath}}
            rate: 250 Hz
            twin: { enabled: false }
            approach:
              pose: { {{string.Join(", ", pose)}}, elbow_flex: 1.0 rad }
              time: 0.8 s
              settle: 0.2 s
            controller:
              type: stimulus
              joints:
            {{string.Join('\n', joints)}}
            duration: {{FormattableString.Invariant($"{MotionSeconds}")}} s
            {{faults}}
            """;
    }
}
