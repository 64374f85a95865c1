using HilRig.Core.Errors;
using HilRig.Devices.Protocols.Feetech;
using HilRig.Devices.Registers;
using HilRig.Devices.Tests.Virtual.Wire;
using HilRig.Devices.Virtual;
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

    [Test]
    public void A_stuck_servo_keeps_its_registers()
    {
        var bench = new BusBench(1, 0, faults: FaultText.Parse("stuck id=1 from=1 for=2"));
        var read = BusBench.Read(1, Sts3215.GoalPosition.Address, 2);
        bench.Exchange(BusBench.Write(1, Sts3215.GoalPosition, 100), Second / 2, out _);
        bench.Exchange(BusBench.Write(1, Sts3215.GoalPosition, 999), 2 * Second, out _);
        bench.Exchange(read, 2 * Second + (Second / 2), out var during);
        bench.Exchange(read, 4 * Second, out var after);
        Assert.That(
            (during.Single()[5], after.Single()[5] + (after.Single()[6] << 8)),
            Is.EqualTo(((byte)100, 999)));
    }

    [TestCase("wrong id=1 voltage=4", 40, 0)]
    [TestCase("wrong voltage=4 error=32", 40, 32)]
    public void A_wrong_reply_is_well_formed_and_tells_something_else(
        string text, int volts, int errors)
    {
        var bench = new BusBench(1, 0, faults: FaultText.Parse(text));
        bench.Exchange(
            BusBench.Read(1, Sts3215.PresentVoltage.Address, 1), Second, out var frames);
        var parser = new FeetechParser();
        parser.Feed(frames.Single());
        Assert.That(parser.TryNext(out _), Is.True);
        Assert.That((frames[0][5], frames[0][4]), Is.EqualTo(((byte)volts, (byte)errors)));
    }

    [Test]
    public void A_reply_can_come_under_the_id_of_another()
    {
        var bench = new BusBench(1, 0, faults: FaultText.Parse("wrong id=1 other=9"));
        bench.Exchange(BusBench.Ping(1), Second, out var frames);
        Assert.That(frames.Single()[2], Is.EqualTo(9));
    }

    [Test]
    public void Loss_with_a_probability_repeats_with_its_seed()
    {
        static List<int> Answers()
        {
            var bench = new BusBench(
                1, 0, faults: FaultText.Parse("intermittent probability=0.3 seed=7"));
            return [.. Enumerable.Range(0, 200).Select(i =>
            {
                bench.Exchange(BusBench.Ping(1), i * Second / 100, out var frames);
                return frames.Count;
            })];
        }

        var first = Answers();
        var second = Answers();
        Assert.That(second, Is.EqualTo(first));
        Assert.That(first.Sum(), Is.InRange(110, 170));
    }

    [Test]
    public void A_numbered_fault_leaves_begin_and_end_among_the_events()
    {
        var bench = new BusBench(
            1, 0, faults: FaultText.Parse("off id=1 at=1000000000 for=0.5 number=3", 0));
        for (var i = 0; i < 200; i++)
        {
            bench.Bus.Idle(i * Second / 100);
        }

        Assert.That(
            bench.Arm.Events.ReadFrom(0)
                .Where(one => one.Kind
                    is VirtualArmEventKind.FaultBegan or VirtualArmEventKind.FaultEnded)
                .Select(one => (one.Kind, one.Value, one.ArmNanoseconds)),
            Is.EqualTo(new[]
            {
                (VirtualArmEventKind.FaultBegan, 3.0, Second),
                (VirtualArmEventKind.FaultEnded, 3.0, Second + (Second / 2)),
            }));
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
