using CsCheck;
using HilRig.Devices.Virtual.Servos;

namespace HilRig.Devices.Tests.Virtual.Servos;

public sealed class MotionProfileTests
{
    private const double Dt = ServoFirmware.PeriodSeconds;

    // The last step snaps onto the goal and may exceed the bound by rounding.
    private const double Slack = 1e-6;

    [Test]
    public void It_keeps_its_bounds_and_arrives_at_rest()
    {
        Gen.Select(Gen.Double[-4000, 4000], Gen.Int[1, 3400], Gen.Int[0, 254]).Sample(
            (goal, velocityMax, accelerationCounts) =>
            {
                var acceleration = accelerationCounts * 100.0;
                var profile = new MotionProfile();
                profile.Seed(0);
                var allowed = velocityMax
                    + (acceleration > 0 ? (double)velocityMax * velocityMax / acceleration : 0);
                var ticks = (int)(((Math.Abs(goal) + allowed) / velocityMax / Dt) + 5000);
                var velocity = 0.0;
                for (var i = 0; i < ticks; i++)
                {
                    profile.Step(goal, velocityMax, acceleration, Dt);
                    Assert.That(
                        Math.Abs(profile.Velocity), Is.LessThanOrEqualTo(velocityMax + Slack));
                    if (acceleration > 0 && profile.Position != goal)
                    {
                        Assert.That(
                            Math.Abs(profile.Velocity - velocity),
                            Is.LessThanOrEqualTo((acceleration * Dt) + Slack));
                    }

                    velocity = profile.Velocity;
                }

                Assert.That((profile.Position, profile.Velocity), Is.EqualTo((goal, 0.0)));
            },
            iter: 200, threads: 1);
    }

    [Test]
    public void It_does_not_overshoot_a_goal_that_stays()
    {
        var profile = new MotionProfile();
        profile.Seed(0);
        for (var i = 0; i < 5000; i++)
        {
            profile.Step(1000, 2000, 5000, Dt);
            Assert.That(profile.Position, Is.LessThan(1000 + 5));
        }
    }
}
