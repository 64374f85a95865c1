namespace HilRig.Tasks.Tests;

public sealed class GoalIncrementTests
{
    private static readonly TaskDescription Description =
        TaskCatalogue.Find("PegInsert3").Description;

    private static readonly (double Min, double Max)[] Ranges = [(-1, 1), (-1, 1), (-1, 0.005)];

    [Test]
    public void An_action_of_nothing_keeps_the_goal_of_a_drooping_joint() =>
        Assert.That(
            Apply([0.004, 0, 0], [0, 0, 0], [0, 0, 0]), Is.EqualTo(new[] { 0.004, 0, 0 }));

    [Test]
    public void An_action_moves_the_goal_by_its_scale() =>
        Assert.That(
            Apply([0.002, 0, 0], [0, 0, 0], [1, -0.5f, 0]),
            Is.EqualTo(new[] { 0.012, -0.005, 0 }).Within(1e-12));

    [Test]
    public void The_goal_of_a_blocked_joint_stays_on_its_leash() =>
        Assert.That(
            Apply([0.015, 0, 0], [0, 0, 0], [1, 0, 0])[0],
            Is.EqualTo(Description.GoalLeash[0]));

    [Test]
    public void A_goal_stays_in_the_range_of_the_joint() =>
        Assert.That(Apply([0, 0, 0], [0, 0, 0], [0, 0, 1])[2], Is.EqualTo(0.005));

    [Test]
    public void An_action_out_of_range_is_cut() =>
        Assert.That(
            Apply([0, 0, 0], [0, 0, 0], [7, 0, 0]), Is.EqualTo(Apply(
                [0, 0, 0], [0, 0, 0], [1, 0, 0])));

    private static double[] Apply(double[] goal, double[] position, float[] action)
    {
        double[] next = new double[3];
        var state = new TaskState
        {
            Position = position,
            Velocity = new double[3],
            Goal = goal,
            Objects = [],
            Start = [],
            StepIndex = 0,
        };
        GoalIncrement.Apply(Description, Ranges, state, action, next);
        return next;
    }
}
