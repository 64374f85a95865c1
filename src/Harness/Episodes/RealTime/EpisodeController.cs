using HilRig.Core.Joints;
using HilRig.Core.Ports;
using HilRig.Core.RealTime;
using HilRig.Core.Time;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>
/// The one controller of a session: ordered from outside to hold, to move along a path or to run an
/// episode. Orders and reports are latest-wins, steps go through a ring; the loop waits for nobody.
/// </summary>
internal sealed class EpisodeController : IController
{
    /// <summary>Poses that a move may pass besides an episode's way back.</summary>
    internal const int ViaMax = 6;

    private const int RingSteps = 256;
    private readonly LatestSlot<SessionOrder> _orders;
    private readonly LatestSlot<ControllerReport> _reports;
    private readonly SessionOrder _order;
    private readonly EpisodeRun _run;
    private readonly PathMove _move;
    private ControllerActivity _activity;
    private long _begun;

    /// <summary>Makes a controller that holds.</summary>
    /// <param name="setting">Checked.</param>
    /// <param name="clock">The clock of stamps.</param>
    internal EpisodeController(SessionSetting setting, IRigClock clock)
    {
        int dofCount = setting.Joints.Count;
        int startCount = setting.Task.Description.Start.Count;
        int observationCount = setting.Task.Description.Observation.Count;
        int actionCount = setting.Task.Description.Action.Count;
        int pathCapacity = PathCapacity(setting);
        _orders = new LatestSlot<SessionOrder>(
            () => new SessionOrder(dofCount, startCount, pathCapacity));
        _reports = new LatestSlot<ControllerReport>(() => new ControllerReport(dofCount));
        _order = new SessionOrder(dofCount, startCount, pathCapacity);
        Steps = new SpscRing<StepRecord>(
            RingSteps, () => new StepRecord(observationCount, actionCount, dofCount));
        _run = new EpisodeRun(setting, clock, Steps);
        _move = new PathMove(setting.VelocityMax, pathCapacity);
    }

    /// <summary>Steps of episodes; one other thread reads them.</summary>
    internal SpscRing<StepRecord> Steps { get; }

    /// <summary>Poses that a path can have: an episode's way back and a few more.</summary>
    /// <param name="setting">The session's.</param>
    internal static int PathCapacity(SessionSetting setting) =>
        setting.Task.Description.EpisodeSteps + ViaMax + 2;

    /// <summary>Gives an order; one other thread does.</summary>
    /// <param name="order">Copied.</param>
    internal void Order(SessionOrder order)
    {
        order.CopyTo(_orders.Writable);
        _orders.Publish();
    }

    /// <summary>Takes the newest report; one other thread does.</summary>
    /// <param name="report">Valid until the next take.</param>
    internal bool TryTakeReport(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ControllerReport? report) =>
        _reports.TryTake(out report);

    /// <inheritdoc/>
    public void Start(JointState measured)
    {
        _activity = ControllerActivity.Holding;
        _begun = 0;
    }

    /// <inheritdoc/>
    public ControllerStatus Compute(
        in Tick tick, long elapsedNanoseconds, JointState measured, JointCommand command)
    {
        TakeOrder(tick, measured, command);
        switch (_activity)
        {
            case ControllerActivity.Holding:
                _run.Flush();
                break;
            case ControllerActivity.Moving:
                if (_move.Fill(tick.PlannedNanoseconds, command))
                {
                    _activity = ControllerActivity.Holding;
                }

                break;
            case ControllerActivity.Episode:
                if (!_run.Turn(tick, _order.HandOver, measured, command))
                {
                    _activity = ControllerActivity.Holding;
                }

                break;
        }

        Array.Fill(command.TorqueEnabled, true);
        Report(tick, measured, command);
        return _order.Kind == OrderKind.End ? ControllerStatus.Done : ControllerStatus.Ok;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private void TakeOrder(in Tick tick, JointState measured, JointCommand command)
    {
        if (!_orders.TryTake(out SessionOrder? taken))
        {
            return;
        }

        bool goesOn = _activity == ControllerActivity.Episode
            && taken.Kind == OrderKind.Episode
            && taken.Number == _begun;
        if (_activity == ControllerActivity.Episode && !goesOn)
        {
            _run.EndByOrder(tick.PlannedNanoseconds, measured, command);
            _activity = ControllerActivity.Holding;
        }

        taken.CopyTo(_order);
        bool isNew = taken.Number != _begun;
        _begun = taken.Number;
        switch (taken.Kind)
        {
            case OrderKind.Hold:
            case OrderKind.End:
                _activity = ControllerActivity.Holding;
                break;
            case OrderKind.Move when isNew:
                _move.Begin(tick.PlannedNanoseconds, command.Position, _order);
                _activity = ControllerActivity.Moving;
                break;
            case OrderKind.Episode when isNew:
                _run.Begin(_order);
                _activity = ControllerActivity.Episode;
                break;
            case OrderKind.Move:
            case OrderKind.Episode:
                break;
        }
    }

    private void Report(in Tick tick, JointState measured, JointCommand command)
    {
        ControllerReport report = _reports.Writable;
        report.Activity = _activity;
        report.Number = _begun;
        report.Kind = _order.Kind;
        report.InstantNanoseconds = tick.PlannedNanoseconds;
        measured.CopyTo(report.Measured);
        command.Position.AsSpan().CopyTo(report.Goal);
        _reports.Publish();
    }
}
