using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Harness.RealTime;
using HilRig.Harness.Scenarios;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Controllers;

/// <summary>
/// The goals of a recording again: its last goal is held until the next row. With a recorded plant
/// and no log of its own it replays the plant's log.
/// </summary>
/// <param name="Log">Path below the data folder; null for the recorded plant's own log.</param>
/// <param name="Joint">Joint that a log of a single servo commands; null for the only one.</param>
/// <param name="Where">File, line and column.</param>
public sealed record ReplayRecipe(string? Log, string? Joint, string Where) : IControllerRecipe
{
    /// <inheritdoc/>
    public string Type => "replay";

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, double> StartPose(ControllerSetting setting)
    {
        var pose = new Dictionary<string, double>();
        ReplayTrack track = Load(setting);
        foreach ((string name, double[] goals) in track.Goals)
        {
            if (IndexOf(setting, track, name) is >= 0 and int index)
            {
                pose[setting.Joints[index].Name] = goals[0];
            }
        }

        return pose;
    }

    /// <inheritdoc/>
    public double? NaturalSeconds(ControllerSetting setting) => Load(setting).DurationSeconds;

    /// <inheritdoc/>
    public IController Create(ControllerSetting setting)
    {
        ReplayTrack track = Load(setting);
        var goals = new double[]?[setting.Joints.Count];
        var torque = new bool[]?[setting.Joints.Count];
        foreach (string name in track.Goals.Keys)
        {
            int index = IndexOf(setting, track, name);
            if (index >= 0)
            {
                goals[index] = track.Goals[name];
                torque[index] = track.TorqueEnabled[name];
            }
        }

        return new ReplayController(track.TimeNanoseconds, goals, torque);
    }

    /// <inheritdoc/>
    public void Check(ControllerSetting setting, YamlFaults faults)
    {
        ReplayTrack track = Load(setting);
        if (track.IsNameless && Joint is null && setting.Joints.Count > 1)
        {
            faults.Add(new YamlFault(
                Where,
                "The log of a single servo does not say which joint it commands",
                Remedy: $"a line 'joint: {setting.Joints[0].Name}'"));
            return;
        }

        foreach ((string name, double[] goals) in track.Goals)
        {
            int index = IndexOf(setting, track, name);
            if (index < 0)
            {
                faults.Add(JointFaults.Unknown(
                    track.IsNameless ? Joint ?? name : name, Where, setting.Joints));
            }
            else if (setting.RecordedLogPath is null)
            {
                int row = 0;
                GoalCheck.Run(
                    setting.Joints[index],
                    setting.RateHertz,
                    track.DurationSeconds,
                    setting.StartPose[index],
                    time => goals[ReplayController.RowAt(
                        track.TimeNanoseconds, (long)(time * 1e9), ref row)],
                    _ => Where,
                    faults);
            }
        }
    }

    internal static ReplayRecipe Read(YamlMap map) => new(
        map.Optional("log")?.Text(), map.Optional("joint")?.Text(), map.Where);

    private int IndexOf(ControllerSetting setting, ReplayTrack track, string name) =>
        !track.IsNameless ? setting.IndexOf(name)
        : Joint is not null ? setting.IndexOf(Joint)
        : setting.Joints.Count == 1 ? 0
        : -1;

    private ReplayTrack Load(ControllerSetting setting)
    {
        if (Log is null)
        {
            return ReplayTrack.Load(setting.RecordedLogPath ?? throw new ScenarioException(
                "A replay on a rig needs a log", Where, remedy: "a line 'log: PATH'"));
        }

        string path = setting.DataFolder is null ? Log : Path.Combine(setting.DataFolder, Log);
        return ReplayTrack.Load(Path.GetFullPath(path));
    }
}
