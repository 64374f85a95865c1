using HilRig.Core.Joints;
using HilRig.Devices.PacketClocked;
using HilRig.Devices.PacketClocked.RealTime;

namespace HilRig.Devices.Tests.PacketClocked;

public sealed class GoalFollowerTests
{
    private const double Period = 0.001;

    [Test]
    public void A_motion_begins_where_the_arm_is_held() =>
        Assert.That(
            Follower(0.5).Take([0.511], true, Period),
            Is.EqualTo(ControllerStopCause.MotionStart));

    [TestCase(1.01)]
    [TestCase(-1.01)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_goal_outside_the_limits_stops(double goal)
    {
        GoalFollower follower = Begun(0.5);

        Assert.That(
            follower.Take([goal], false, Period),
            Is.EqualTo(ControllerStopCause.GoalOutOfRange));
        Assert.That(follower.Goal[0], Is.EqualTo(0.5));
    }

    [Test]
    public void A_goal_faster_than_the_joint_stops()
    {
        GoalFollower follower = Begun(0);

        Assert.That(
            follower.Take([0.002], false, Period), Is.EqualTo(ControllerStopCause.None));
        Assert.That(
            follower.Take([0.0045], false, Period), Is.EqualTo(ControllerStopCause.GoalTooFast));
    }

    [Test]
    public void After_lost_goals_the_host_may_be_as_far_as_their_time_allows()
    {
        GoalFollower follower = Begun(0);
        for (int i = 0; i < 9; i++)
        {
            follower.Extrapolate(Period);
        }

        Assert.That(
            follower.Take([0.020], false, Period), Is.EqualTo(ControllerStopCause.None));
    }

    [Test]
    public void After_cycles_left_out_the_host_may_be_as_far_as_their_time_allows()
    {
        GoalFollower follower = Begun(0);
        follower.LeaveOut(9);

        Assert.That(
            follower.Take([0.020], false, Period), Is.EqualTo(ControllerStopCause.None));
        Assert.That(
            follower.Take([0.0245], false, Period), Is.EqualTo(ControllerStopCause.GoalTooFast));
    }

    [Test]
    public void A_lost_goal_goes_on_at_the_last_speed_within_the_limits()
    {
        GoalFollower follower = Begun(0.990);
        follower.Take([0.992], false, Period);

        follower.Extrapolate(Period);
        Assert.That(follower.Goal[0], Is.EqualTo(0.994).Within(1e-12));
        for (int i = 0; i < 20; i++)
        {
            follower.Extrapolate(Period);
        }

        Assert.That(follower.Goal[0], Is.EqualTo(1));
    }

    [Test]
    public void A_brake_comes_to_rest_and_then_holds()
    {
        GoalFollower follower = Begun(0);
        follower.Take([0.001], false, Period);
        for (int i = 0; i < 500; i++)
        {
            follower.Brake(Period);
        }

        double rest = follower.Goal[0];
        follower.Brake(Period);

        // 1 rad/s with a time constant of 20 ms travels 0.02 rad.
        Assert.That(rest, Is.EqualTo(0.001 + 0.02).Within(0.001));
        Assert.That(follower.Goal[0], Is.EqualTo(rest).Within(1e-9));
    }

    private static GoalFollower Follower(double pose) =>
        new([new JointLimits(-1, 1, 2, 10)], [pose]);

    private static GoalFollower Begun(double pose)
    {
        GoalFollower follower = Follower(pose);
        Assert.That(
            follower.Take([pose], true, Period), Is.EqualTo(ControllerStopCause.None));
        return follower;
    }
}
