using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.Time;
using HilRig.Harness.Controllers;
using HilRig.Harness.Policies;
using HilRig.Harness.Scenarios;

namespace HilRig.Cli.Bench.Policies;

/// <summary>A policy of a scenario: joint values in, goals out.</summary>
internal sealed class ScenarioPolicyCall : IPolicyCall
{
    private readonly IController _policy;
    private readonly JointState _state;
    private readonly JointCommand _command;

    /// <summary>Loads one.</summary>
    /// <param name="path">Its manifest.</param>
    public ScenarioPolicyCall(string path)
    {
        PolicyManifest manifest = PolicyManifest.Load(path);
        ControllerSetting setting = SettingOf(manifest);
        Name = manifest.Name;
        PeriodNanoseconds = (long)(1e9 / manifest.RateHertz);
        _policy = new PolicyRecipe(Path.GetFullPath(path), path).Create(setting);
        _state = new JointState(setting.Joints.Count);
        _command = new JointCommand(setting.Joints.Count);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long PeriodNanoseconds { get; }

    /// <inheritdoc/>
    public void Start()
    {
        _state.Position.AsSpan().Clear();
        _state.Velocity.AsSpan().Clear();
        _policy.Start(_state);
    }

    /// <inheritdoc/>
    public bool Call(long index, long startNanoseconds)
    {
        var tick = new Tick(index, startNanoseconds, startNanoseconds, PeriodNanoseconds, 0);
        return _policy.Compute(tick, index * PeriodNanoseconds, _state, _command)
            == ControllerStatus.Ok;
    }

    /// <inheritdoc/>
    public void Dispose() => _policy.Dispose();

    private static ControllerSetting SettingOf(PolicyManifest manifest)
    {
        JointBounds[] joints =
        [
            .. manifest.Observation.Select(entry => entry.Joint)
                .Concat(manifest.Action.Select(entry => entry.Joint)).Distinct()
                .Select(name => new JointBounds(
                    name,
                    JointKind.Revolute,
                    new JointLimits(-10, 10, 100, 100),
                    double.PositiveInfinity)),
        ];
        return new ControllerSetting
        {
            Joints = joints,
            RateHertz = manifest.RateHertz,
            StartPose = [.. joints.Select(_ => 0.0)],
            DurationSeconds = double.NaN,
        };
    }
}
