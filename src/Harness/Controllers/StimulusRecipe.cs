using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Units;
using HilRig.Harness.RealTime;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Stimuli;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Controllers;

/// <summary>Each joint follows its own sequence of stimuli.</summary>
/// <param name="Sequences">Stimuli by joint name.</param>
/// <param name="Where">File, line and column.</param>
public sealed record StimulusRecipe(
    IReadOnlyDictionary<string, IReadOnlyList<StimulusSegment>> Sequences, string Where)
    : IControllerRecipe
{
    /// <inheritdoc/>
    public string Type => "stimulus";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> StartPose(ControllerSetting setting) =>
        new Dictionary<string, double>();

    /// <inheritdoc/>
    public double? NaturalSeconds(ControllerSetting setting) =>
        ProgramsOf(setting).Max(program => program?.EndSeconds ?? 0);

    /// <inheritdoc/>
    public IController Create(ControllerSetting setting) =>
        new StimulusController(ProgramsOf(setting), setting.DurationSeconds);

    /// <inheritdoc/>
    public void Check(ControllerSetting setting, YamlFaults faults)
    {
        foreach ((string joint, IReadOnlyList<StimulusSegment> segments) in Sequences)
        {
            int index = setting.IndexOf(joint);
            string where = segments.Count > 0 ? segments[0].Where : Where;
            if (index < 0)
            {
                faults.Add(JointFaults.Unknown(joint, where, setting.Joints));
            }
            else if (double.IsNaN(setting.StartPose[index]))
            {
                faults.Add(new YamlFault(
                    where,
                    $"The joint '{joint}' has a stimulus and no start pose",
                    Remedy: $"approach.pose: {{ {joint}: 0 rad }}"));
            }
            else if (KindsFit(setting.Joints[index], segments, faults))
            {
                CheckLimits(setting, index, segments, faults);
            }
        }
    }

    private static bool KindsFit(
        JointBounds joint, IReadOnlyList<StimulusSegment> segments, YamlFaults faults)
    {
        Dimension wanted = joint.Kind == JointKind.Revolute ? Dimension.Angle : Dimension.Length;
        bool fit = true;
        foreach (StimulusSegment segment in segments)
        {
            if (segment.PositionDimension is { } dimension && dimension != wanted)
            {
                faults.Add(JointFaults.WrongKind(joint, segment.Where));
                fit = false;
            }
        }

        return fit;
    }

    private static void CheckLimits(
        ControllerSetting setting,
        int index,
        IReadOnlyList<StimulusSegment> segments,
        YamlFaults faults)
    {
        JointBounds joint = setting.Joints[index];
        var program = new JointProgram(segments, setting.StartPose[index], joint.Limits);
        for (int i = 1; i < segments.Count; i++)
        {
            if (program.StartOf(i) < program.StartOf(i - 1))
            {
                faults.Add(new YamlFault(
                    segments[i].Where,
                    $"A stimulus of '{joint.Name}' begins before the one above it"));
                return;
            }
        }

        double end = double.IsNaN(setting.DurationSeconds)
            ? program.EndSeconds
            : setting.DurationSeconds;
        GoalCheck.Run(
            joint,
            setting.RateHertz,
            end,
            setting.StartPose[index],
            program.Evaluate,
            time => SegmentAt(program, segments, time),
            faults);
    }

    private static string SegmentAt(
        JointProgram program, IReadOnlyList<StimulusSegment> segments, double time)
    {
        int index = 0;
        while (index + 1 < segments.Count && program.StartOf(index + 1) <= time)
        {
            index++;
        }

        return segments[index].Where;
    }

    private JointProgram?[] ProgramsOf(ControllerSetting setting)
    {
        var programs = new JointProgram?[setting.Joints.Count];
        for (int i = 0; i < programs.Length; i++)
        {
            if (Sequences.TryGetValue(setting.Joints[i].Name, out var segments)
                && !double.IsNaN(setting.StartPose[i]))
            {
                programs[i] = new JointProgram(
                    segments, setting.StartPose[i], setting.Joints[i].Limits);
            }
        }

        return programs;
    }
}
