using HilRig.Core.Errors;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Virtual.Wire;
using HilRig.Devices.Virtual.Faults;

namespace HilRig.Devices.Tests.Virtual.Faults;

public sealed class FaultTextTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void A_plug_that_falls_out_after_torque_on_counts_from_there()
    {
        var bench = new BusBench(2, 0, faults: FaultText.Parse("off id=2 after=0.5"));
        bench.Exchange(BusBench.Ping(2), 3 * Second, out var idle);
        bench.Exchange(BusBench.Write(1, Sts3215.TorqueEnable, 1), 4 * Second, out _);
        bench.Exchange(BusBench.Ping(2), (4 * Second) + (Second / 4), out var before);
        bench.Exchange(BusBench.Ping(2), 5 * Second, out var after);
        bench.Exchange(BusBench.Ping(1), 6 * Second, out var other);
        Assert.That(
            (idle.Count, before.Count, after.Count, other.Count), Is.EqualTo((1, 1, 0, 1)));
    }

    [Test]
    public void Every_third_reply_of_one_servo_is_lost()
    {
        var bench = new BusBench(2, 0, faults: FaultText.Parse("intermittent id=1 every=3"));
        var answers = 0;
        for (var i = 0; i < 30; i++)
        {
            bench.Exchange(BusBench.Ping(1), i * Second / 100, out var frames);
            answers += frames.Count;
        }

        Assert.That(answers, Is.EqualTo(20));
    }

    [Test]
    public void A_slow_servo_answers_late_by_the_delay()
    {
        var bench = new BusBench(1, 0, faults: FaultText.Parse("slow by=0.002 from=1"));
        var early = bench.Exchange(BusBench.Ping(1), Second / 2, out _) - (Second / 2);
        var late = bench.Exchange(BusBench.Ping(1), 2 * Second, out _) - (2 * Second);
        Assert.That(late - early, Is.EqualTo(2_000_000));
    }

    [TestCase("")]
    [TestCase("explode id=1")]
    [TestCase("wrong id=1")]
    [TestCase("wrong id=1 voltage=-1")]
    [TestCase("off id=4 at=1000")]
    [TestCase("Off id=1")]
    [TestCase("intermittent id")]
    [TestCase("intermittent id=x")]
    [TestCase("off id=1 id=2")]
    [TestCase("off often=1")]
    [TestCase("slow by=-1")]
    [TestCase("slow by=NaN")]
    public void A_text_that_is_no_fault_is_refused_with_an_example(string text)
    {
        var error = Assert.Throws<ScenarioException>(() => FaultText.Parse(text));
        Assert.That(error!.Message, Does.Contain("off id=4 after=2.5"));
    }
}
