using HilRig.Tasks.Push;

namespace HilRig.Tasks.Tests.Push;

public sealed class PushPlanTests
{
    [Test]
    public void A_push_through_the_middle_goes_as_far_as_the_T_is_away_and_does_not_turn_it()
    {
        PushPlan plan = PushPlan.Of(At(0, 0.05, 0), new(0, 0.027), new(0, 1));
        Assert.Multiple(() =>
        {
            Assert.That(plan.Advance, Is.EqualTo(0.05).Within(1e-12));
            Assert.That(plan.Gain, Is.EqualTo(1).Within(1e-12));
        });
    }

    [Test]
    public void A_push_that_leads_away_does_not_help()
    {
        PushPlan plan = PushPlan.Of(At(0, -0.05, 0), new(0, 0.027), new(0, 1));
        Assert.That((plan.Advance, plan.Gain), Is.EqualTo((0.0, 0.0)));
    }

    [TestCase(0.03, 1)]
    [TestCase(-0.03, -1)]
    public void A_push_beside_the_middle_helps_a_T_that_is_turned_the_other_way(
        double lever, int turned)
    {
        // Down on the right end turns clockwise, by lever / c² a metre: what a T with a positive
        // yaw needs.
        PushPlan helps = PushPlan.Of(At(0, 0, 0.3 * turned), new(lever, 0.027), new(0, 1));
        PushPlan harms = PushPlan.Of(At(0, 0, -0.3 * turned), new(lever, 0.027), new(0, 1));
        const double Turn = 0.03 / (0.025 * 0.025);
        double angle = PushTTask.DoneAngle * PushTTask.DoneAngle;
        double distance = PushTTask.DoneDistance * PushTTask.DoneDistance;
        double best = 0.3 * Turn / angle / ((1 / distance) + (Turn * Turn / angle));
        Assert.Multiple(() =>
        {
            Assert.That(helps.Advance, Is.EqualTo(best).Within(1e-12));
            Assert.That(helps.Gain, Is.InRange(0.05, 1));
            Assert.That(harms.Gain, Is.Zero);
        });
    }

    [Test]
    public void Wherever_the_T_is_some_touch_helps()
    {
        for (int k = 0; k < 64; k++)
        {
            double bearing = k * Math.Tau / 8;
            BlockPose block = At(
                0.03 * Math.Cos(bearing), 0.03 * Math.Sin(bearing), 0.3 * ((k / 8) - 3.5));
            Assert.That(
                BlockOutline.Touches.ToArray().Max(
                    touch => PushPlan.Of(block, touch.Point, touch.Normal).Gain),
                Is.GreaterThan(0.05));
        }
    }

    [Test]
    public void Touches_lie_on_the_outline_and_the_pusher_fits_there()
    {
        foreach ((Planar point, Planar normal) in BlockOutline.Touches)
        {
            Assert.That(BlockOutline.Distance(point), Is.EqualTo(0).Within(1e-9));
            Assert.That(
                BlockOutline.Distance(point + (BlockOutline.PusherRadius * normal)),
                Is.EqualTo(BlockOutline.PusherRadius).Within(1e-9));
        }
    }

    [Test]
    public void Past_the_T_is_clear_and_through_it_is_not()
    {
        Assert.Multiple(() =>
        {
            Assert.That(BlockOutline.IsClear(new(-0.08, 0.06), new(0.08, 0.06)));
            Assert.That(BlockOutline.IsClear(new(-0.08, 0.02), new(0.08, 0.02)), Is.False);
            Assert.That(BlockOutline.IsClear(new(0.06, -0.03), new(0.025, -0.012)));
        });
    }

    [TestCase(0.0149, 0.17, TaskOutcome.Success)]
    [TestCase(0.0151, 0, TaskOutcome.Running)]
    [TestCase(0, 0.18, TaskOutcome.Running)]
    [TestCase(0, Math.Tau - 0.17, TaskOutcome.Success)]
    public void Done_is_within_15_mm_and_10_degrees(double x, double yaw, TaskOutcome outcome) =>
        Assert.That(new PushTTask().Judge(Scene(x, 0, yaw)), Is.EqualTo(outcome));

    private static BlockPose At(double x, double y, double yaw) => BlockPose.Of(Scene(x, y, yaw));

    private static TaskState Scene(double x, double y, double yaw) => new()
    {
        Position = new double[2],
        Velocity = new double[2],
        Goal = new double[2],
        Objects = new[] { x, y, yaw },
        Start = new double[4],
        StepIndex = 0,
    };
}
