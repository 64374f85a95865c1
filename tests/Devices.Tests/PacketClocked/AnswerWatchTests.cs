using HilRig.Devices.PacketClocked.RealTime;

namespace HilRig.Devices.Tests.PacketClocked;

public sealed class AnswerWatchTests
{
    [Test]
    public void Twenty_lost_in_a_row_are_tolerated_and_the_next_is_not()
    {
        var watch = new AnswerWatch();
        watch.Begin();
        for (int i = 0; i < 20; i++)
        {
            Assert.That(watch.EndCycle(), Is.False);
            Assert.That(watch.IsTooMany, Is.False, $"after {i + 1}");
        }

        watch.EndCycle();

        Assert.That(watch.IsTooMany, Is.True);
        Assert.That(watch.LostCount, Is.EqualTo(21));
    }

    [Test]
    public void One_answer_begins_the_row_anew()
    {
        var watch = new AnswerWatch();
        watch.Begin();
        for (int i = 0; i < 20; i++)
        {
            watch.EndCycle();
        }

        Assert.That(watch.Offer(20, 20), Is.True);
        Assert.That(watch.EndCycle(), Is.True);
        Assert.That(watch.LostInRow, Is.Zero);
        Assert.That(watch.LongestLostInRow, Is.EqualTo(20));
    }

    [Test]
    public void Only_the_first_answer_to_the_newest_state_counts()
    {
        var watch = new AnswerWatch();
        watch.Begin();

        Assert.That(watch.Offer(4, 5), Is.False, "late");
        Assert.That(watch.Offer(6, 5), Is.False, "of a state that was not sent");
        Assert.That(watch.Offer(5, 5), Is.True);
        Assert.That(watch.Offer(5, 5), Is.False, "a second time");
        Assert.That(watch.LateCount, Is.EqualTo(1));
        Assert.That(watch.StrayCount, Is.EqualTo(2));
    }

    [Test]
    public void The_success_rate_is_that_of_the_last_hundred()
    {
        var watch = new AnswerWatch();
        watch.Begin();
        Assert.That(watch.SuccessRate, Is.EqualTo(1));
        for (int i = 0; i < 10; i++)
        {
            watch.EndCycle();
        }

        Assert.That(watch.SuccessRate, Is.EqualTo(0.9f).Within(1e-6));
        for (int i = 0; i < 95; i++)
        {
            watch.Offer(i, i);
            watch.EndCycle();
        }

        Assert.That(watch.SuccessRate, Is.EqualTo(0.95f).Within(1e-6));
    }
}
