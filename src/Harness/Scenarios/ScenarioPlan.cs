using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Units;
using HilRig.Harness.Controllers;
using HilRig.Harness.Faults;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Scenarios;

/// <summary>
/// A scenario held against its rig: everything that can be wrong without moving has been checked.
/// Immutable.
/// </summary>
public sealed record ScenarioPlan
{
    private ScenarioPlan()
    {
    }

    /// <summary>The scenario.</summary>
    public required Scenario Scenario { get; init; }

    /// <summary>Joints, start pose, rate, duration and files.</summary>
    public required ControllerSetting Setting { get; init; }

    /// <summary>Budgets with "*" replaced by every joint.</summary>
    public required ScenarioBudgets Budgets { get; init; }

    /// <summary>Required capabilities that the rig lacks; then the run is inconclusive.</summary>
    public required IReadOnlyList<string> MissingCapabilities { get; init; }

    /// <summary>
    /// Length of the measured phase, ns; long.MaxValue when the recording ends it.
    /// </summary>
    public long DurationNanoseconds => double.IsNaN(Setting.DurationSeconds)
        ? long.MaxValue
        : (long)Math.Round(Setting.DurationSeconds * 1e9);

    /// <summary>Time from tick to tick, ns.</summary>
    public long PeriodNanoseconds => (long)Math.Round(1e9 / Setting.RateHertz);

    /// <summary>Checks a scenario against its rig.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="surroundings">The rig or recording.</param>
    /// <exception cref="ScenarioException">Anything does not fit; all of it is named.</exception>
    public static ScenarioPlan Make(Scenario scenario, Surroundings surroundings)
    {
        var faults = new YamlFaults();
        var setting = new ControllerSetting
        {
            Joints = surroundings.Joints,
            RateHertz = scenario.RateHertz,
            StartPose = [.. surroundings.Joints.Select(_ => double.NaN)],
            DurationSeconds = scenario.DurationSeconds ?? double.NaN,
            RecordedLogPath = surroundings.RecordedLogPath,
            DataFolder = surroundings.DataFolder,
        };
        setting = setting with { StartPose = StartPose(scenario, setting, faults) };
        scenario.Controller.Check(setting, faults);
        faults.ThrowIfAny(scenario.DisplayPath);

        setting = setting with { DurationSeconds = Duration(scenario, setting, faults) };
        ScenarioBudgets budgets = BudgetExpansion.Expand(
            scenario.Budgets, surroundings.Joints, faults);
        double seconds = setting.DurationSeconds;
        FaultRules.Check(
            scenario, surroundings, double.IsNaN(seconds) ? double.MaxValue : seconds, faults);
        faults.ThrowIfAny(scenario.DisplayPath);
        return new ScenarioPlan
        {
            Scenario = scenario,
            Setting = setting,
            Budgets = budgets,
            MissingCapabilities = surroundings.Capabilities is { } able
                ? [.. scenario.Requires.Except(able)]
                : [],
        };
    }

    private static double[] StartPose(
        Scenario scenario, ControllerSetting setting, YamlFaults faults)
    {
        IReadOnlyList<JointBounds> joints = setting.Joints;
        IReadOnlyDictionary<string, double> own = scenario.Controller.StartPose(setting);
        var pose = new double[joints.Count];
        for (int i = 0; i < pose.Length; i++)
        {
            pose[i] = own.TryGetValue(joints[i].Name, out double position) ? position : double.NaN;
        }

        foreach (PoseTarget target in scenario.Approach.Pose)
        {
            int index = setting.IndexOf(target.Joint);
            if (index < 0)
            {
                faults.Add(JointFaults.Unknown(target.Joint, target.Where, joints));
            }
            else if ((target.Position.Dimension == Dimension.Angle)
                != (joints[index].Kind == JointKind.Revolute))
            {
                faults.Add(JointFaults.WrongKind(joints[index], target.Where));
            }
            else
            {
                pose[index] = target.Position.Value;
                CheckPosition(joints[index], target, faults);
            }
        }

        return pose;
    }

    private static void CheckPosition(JointBounds joint, PoseTarget target, YamlFaults faults)
    {
        double value = target.Position.Value;
        if (value < joint.Limits.PositionMin || value > joint.Limits.PositionMax)
        {
            faults.Add(new YamlFault(
                target.Where,
                $"The start pose of '{joint.Name}' breaks its position limit",
                FormattableString.Invariant(
                    $"{joint.Limits.PositionMin} to {joint.Limits.PositionMax} {joint.Unit}"),
                FormattableString.Invariant($"{value:0.####} {joint.Unit}")));
        }
    }

    private static double Duration(
        Scenario scenario, ControllerSetting setting, YamlFaults faults)
    {
        double? natural = scenario.Controller.NaturalSeconds(setting);
        if (scenario.DurationSeconds is { } wanted)
        {
            if (natural > wanted + 1e-9)
            {
                faults.Add(new YamlFault(
                    scenario.DisplayPath,
                    "The controller has more to do than the duration allows",
                    FormattableString.Invariant($"duration of at least {natural:0.####} s"),
                    FormattableString.Invariant($"{wanted:0.####} s")));
            }

            return wanted;
        }

        if (natural is null && scenario.Recorded is null)
        {
            faults.Add(new YamlFault(
                scenario.DisplayPath,
                "The controller never ends by itself, and the scenario has no duration",
                Remedy: "a line 'duration: 10 s'"));
        }

        return scenario.Recorded is null ? natural ?? double.NaN : double.NaN;
    }
}
