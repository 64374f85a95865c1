using System.Globalization;
using HilRig.Bridge.Isaac;
using HilRig.Bridge.Isaac.Messages;
using HilRig.Bridge.Isaac.StandIn;
using HilRig.Core.Errors;
using HilRig.Core.RealTime;
using HilRig.Core.Time;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Rendering;
using HilRig.Sim.Spatial;

namespace HilRig.Rig.Isaac;

/// <summary>
/// `hilrig isaac stand-in`: our simulator behind Isaac's wire. Steps, draws and sends frame by
/// frame; when it is too slow, simulated time runs slower than the clock, as Isaac's does.
/// </summary>
public sealed class IsaacStandInJob
{
    private const long NanosecondsPerSecond = 1_000_000_000;
    private readonly IsaacStandInJobOptions _options;
    private readonly Action<string> _say;
    private readonly Model _model;
    private readonly IRigClock _clock = RigClock.Create();
    private readonly IsaacImageSize _size;
    private readonly ArmRenderer _renderer;
    private readonly CameraMount _mount;
    private readonly EffectorStep _effector;
    private readonly AdaptiveRate _adaptive = new();
    private readonly byte[] _color;
    private readonly byte[] _depth;
    private readonly double _period;
    private long _frame;
    private long _late;

    /// <summary>Loads the model.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="say">Takes one line for people at a time.</param>
    /// <exception cref="ModelException">The model is wrong.</exception>
    /// <exception cref="ScenarioException">An option is out of range.</exception>
    public IsaacStandInJob(IsaacStandInJobOptions options, Action<string> say)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.StandIn.Validate();
        if (!(options.RateHertz is >= 1 and <= 1000))
        {
            throw new ScenarioException(
                "the rate of frames is out of range", "--rate", "1 to 1000 Hz",
                string.Create(CultureInfo.InvariantCulture, $"{options.RateHertz} Hz"));
        }

        _options = options;
        _say = say;
        _period = 1 / options.RateHertz;
        _size = options.StandIn.ImageSize;
        _model = MjcfLoader.Load(
            options.ModelPath, new MjcfOptions { SkipMeshes = options.SkipMeshes });
        _renderer = new ArmRenderer(_model, _size.Width, _size.Height);
        _mount = new CameraMount(_size);
        _effector = new EffectorStep(_model);
        _color = new byte[_size.PlaneBytes];
        _depth = new byte[_size.PlaneBytes];
    }

    /// <summary>Runs until it is stopped or its time is over.</summary>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="RigException">
    /// The host cannot be reached; the simulation failed.
    /// </exception>
    public void Run(CancellationToken stop)
    {
        using var arm = new SimulatedArm(_model);
        _say($"joints: {string.Join(", ", arm.JointNames)}");
        switch (_options.Generation)
        {
            case IsaacGeneration.One:
                RunFirst(arm, stop);
                break;
            case IsaacGeneration.Two:
                RunSecond(arm, stop);
                break;
        }
    }

    private void RunFirst(SimulatedArm arm, CancellationToken stop)
    {
        using var isaac = new IsaacStandIn(_options.StandIn);
        Loop(arm, clock =>
        {
            IsaacOrders orders = isaac.TakeOrders();
            _mount.Step(orders.CameraVelocity, orders.FocalLength, _period);
            _adaptive.IsOn = orders.AdaptiveRate ?? _adaptive.IsOn;
            if (orders.EffectorGoal is { } goal)
            {
                _effector.Move(arm, new Vector3(goal[0], goal[1], goal[2]));
            }

            if (_frame % _adaptive.Divider == 0)
            {
                _renderer.Render(arm.Pose, _mount.View, _color, _depth);
                isaac.TrySend(clock, _mount.ToWire(), Boxes(), _color, _depth);
            }

            return $"{isaac.FramesSent} sent, {isaac.FramesDropped} dropped, "
                + $"{isaac.CommandsTaken} commands";
        }, stop);
    }

    private void RunSecond(SimulatedArm arm, CancellationToken stop)
    {
        using var isaac = new IsaacTopicStandIn(
            _options.StandIn, arm.JointNames, _options.Numbers);
        Loop(arm, clock =>
        {
            double now = clock.SimulatedSeconds;
            isaac.TryTakeCommand(arm.Goal);
            isaac.TrySend(clock);
            isaac.TrySend(arm.Position, arm.Velocity, now);
            if (_options.SendImages)
            {
                _renderer.Render(arm.Pose, _mount.View, _color, _depth);
                isaac.TrySend(_size, "rgba8", _color, now);
                isaac.TrySend(_size, "32FC1", _depth, now);
            }

            return $"{isaac.Sent} sent, {isaac.Dropped} dropped, {isaac.CommandsTaken} commands";
        }, stop);
    }

    private void Loop(SimulatedArm arm, Func<IsaacClock, string> frame, CancellationToken stop)
    {
        long period = (long)(NanosecondsPerSecond * _period);
        long next = _clock.NowNanoseconds;
        long before = next;
        double end = _options.DurationSeconds ?? double.PositiveInfinity;
        string said = "";
        for (_frame = 1; !stop.IsCancellationRequested && _frame * _period <= end; _frame++)
        {
            _clock.SleepUntil(next);
            long now = _clock.NowNanoseconds;
            bool isLate = now > next + period;
            _late += isLate ? 1 : 0;
            next = isLate ? now + period : next + period;
            _adaptive.Count(_period, isLate);
            if (!arm.Step(_options.RateHertz))
            {
                throw new DeviceException(
                    "the simulation of the arm failed", _options.ModelPath,
                    remedy: "a smaller time step in the model");
            }

            double wall = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1e3;
            said = frame(new IsaacClock(_period, (now - before) / 1e9, _frame * _period, wall));
            before = now;
            if (_frame % (long)Math.Ceiling(5 * _options.RateHertz) == 0)
            {
                Say(said);
            }
        }

        Say(said);
    }

    private void Say(string said) => _say(string.Create(
        CultureInfo.InvariantCulture, $"{_frame * _period:F1} s simulated, {said}, {_late} late"));

    private IsaacBox[] Boxes() =>
    [
        .. _renderer.Seen.Select(seen => new IsaacBox(
            (uint)seen.Body,
            "class:" + _model.Bodies[seen.Body].Name,
            seen.MinX,
            seen.MinY,
            seen.MaxX,
            seen.MaxY,
            (float)seen.Hidden)),
    ];
}
