using HilRig.Core.Joints;
using HilRig.Harness.Episodes.RealTime;

namespace HilRig.Harness.Episodes;

/// <summary>
/// The conductor's side of the controller: gives orders, remembers the newest report. One thread.
/// </summary>
internal sealed class ArmLink
{
    private readonly EpisodeController _controller;
    private readonly SessionSetting _setting;
    private readonly SessionOrder _order;

    /// <summary>Makes a link; nothing is ordered yet.</summary>
    /// <param name="controller">The controller in the loop.</param>
    /// <param name="setting">Checked.</param>
    internal ArmLink(EpisodeController controller, SessionSetting setting)
    {
        _controller = controller;
        _setting = setting;
        _order = new SessionOrder(
            setting.Joints.Count,
            setting.Task.Description.Start.Count,
            EpisodeController.PathCapacity(setting));
        Newest = new ControllerReport(setting.Joints.Count);
    }

    /// <summary>The newest report; a copy.</summary>
    internal ControllerReport Newest { get; }

    /// <summary>Whether the controller has reported at all.</summary>
    internal bool HasReported { get; private set; }

    /// <summary>Number of the newest order.</summary>
    internal long Number => _order.Number;

    /// <summary>Who moves the arm in the episode that is ordered.</summary>
    internal HandOver HandOver => _order.HandOver;

    /// <summary>What the ordered move takes, s, at its limits.</summary>
    internal double MoveSeconds { get; private set; }

    /// <summary>Whether the newest order was obeyed: the move has ended, the hold is on.</summary>
    internal bool HasArrived =>
        Newest.Number == _order.Number && Newest.Activity == ControllerActivity.Holding;

    /// <summary>Takes the newest report.</summary>
    internal void Poll()
    {
        if (!_controller.TryTakeReport(out ControllerReport? report))
        {
            return;
        }

        HasReported = true;
        Newest.Activity = report.Activity;
        Newest.Number = report.Number;
        Newest.Kind = report.Kind;
        Newest.InstantNanoseconds = report.InstantNanoseconds;
        report.Measured.CopyTo(Newest.Measured);
        report.Goal.AsSpan().CopyTo(Newest.Goal);
    }

    /// <summary>Takes the oldest step that was not taken.</summary>
    /// <param name="into">Receives it.</param>
    internal bool TryTakeStep(StepRecord into)
    {
        if (!_controller.Steps.TryBeginRead(out StepRecord? record))
        {
            return false;
        }

        record.CopyTo(into);
        _controller.Steps.CommitRead();
        return true;
    }

    /// <summary>Whether every measured joint stands still.</summary>
    /// <param name="fraction">Of its velocity limit that counts as still.</param>
    internal bool IsStill(double fraction)
    {
        JointState measured = Newest.Measured;
        for (int i = 0; i < _setting.Joints.Count; i++)
        {
            double still = fraction * _setting.Joints[i].Limits.VelocityMax;
            if (Math.Abs(measured.Velocity[i]) > still)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Orders to freeze.</summary>
    internal void Hold() => Give(OrderKind.Hold);

    /// <summary>Orders to end the loop.</summary>
    internal void End() => Give(OrderKind.End);

    /// <summary>Orders to go along poses.</summary>
    /// <param name="poses">NaN: stays. Each of shape [dof].</param>
    /// <param name="speedFraction">Part of the velocity limits.</param>
    internal void Move(IEnumerable<double[]> poses, double speedFraction)
    {
        _order.PathCount = 0;
        _order.SpeedFraction = speedFraction;
        double[] before = [.. Newest.Goal];
        double seconds = 0;
        foreach (double[] pose in poses)
        {
            if (!_order.TryAppend(pose))
            {
                break;
            }

            double longest = 0;
            for (int i = 0; i < pose.Length; i++)
            {
                double after = double.IsNaN(pose[i]) ? before[i] : pose[i];
                double speed = _setting.Joints[i].Limits.VelocityMax * speedFraction;
                longest = Math.Max(longest, Math.Abs(after - before[i]) / speed);
                before[i] = after;
            }

            seconds += longest;
        }

        MoveSeconds = seconds * Math.PI / 2;
        Give(OrderKind.Move);
    }

    /// <summary>Orders to run an episode.</summary>
    /// <param name="start">Its start. Shape [start].</param>
    /// <param name="policy">What acts.</param>
    internal void Run(ReadOnlySpan<double> start, IEpisodePolicy policy)
    {
        start.CopyTo(_order.Start);
        _order.Policy = policy;
        _order.HandOver = HandOver.Auto;
        Give(OrderKind.Episode);
    }

    /// <summary>Says who moves the arm in the running episode.</summary>
    /// <param name="handOver">Who.</param>
    internal void Hand(HandOver handOver)
    {
        _order.HandOver = handOver;
        _controller.Order(_order);
    }

    /// <summary>A pose of the plant from joints by name; the others are NaN. Shape [dof].</summary>
    /// <param name="joints">Positions by joint.</param>
    internal double[] PoseOf(IReadOnlyDictionary<string, double> joints)
    {
        double[] pose = new double[_setting.Joints.Count];
        for (int i = 0; i < pose.Length; i++)
        {
            pose[i] = joints.GetValueOrDefault(_setting.Joints[i].Name, double.NaN);
        }

        return pose;
    }

    private void Give(OrderKind kind)
    {
        MoveSeconds = kind == OrderKind.Move ? MoveSeconds : 0;
        _order.Kind = kind;
        _order.Number++;
        _controller.Order(_order);
    }
}
