using HilRig.Rig.Doctor;

namespace HilRig.Rig.Tests.Doctor;

internal sealed class LoopPredictionTests
{
    // Six servos at 1 Mbit/s: 26 bytes of goals, 14 + 126 bytes of request and answers, 10 µs each.
    private const double WireMicroseconds = 260 + 1400;

    [Test]
    public void The_wire_alone_gives_the_rate_of_its_bytes()
    {
        LoopPrediction wire = LoopPrediction.Of([Bus(0, null)], 0, null, null);
        Assert.That(wire.RateHertz, Is.EqualTo(1e6 / WireMicroseconds).Within(1e-6));
        Assert.That(wire.TypicalRateHertz, Is.EqualTo(wire.RateHertz).Within(1e-6));
    }

    [Test]
    public void Return_delays_count_as_the_rig_will_have_them_not_as_they_are()
    {
        var measured = new LatencySummary(200, 1400 + 3000 + 100, 1400 + 3000 + 400, 9000);
        LoopPrediction now = LoopPrediction.Of([Bus(500, measured)], 0, null, null);
        Assert.That(now.TypicalRateHertz, Is.EqualTo(1e6 / (WireMicroseconds + 100)).Within(1e-6));
        Assert.That(now.RateHertz, Is.EqualTo(1e6 / (WireMicroseconds + 400)).Within(1e-6));
    }

    [Test]
    public void A_timer_of_16_ms_is_what_bounds_a_bus_that_was_not_measured()
    {
        LoopPrediction slow = LoopPrediction.Of(
            [Bus(0, null)], 16_000, new LatencySummary(1000, 20, 60, 100), null);
        Assert.That(slow.RateHertz, Is.LessThan(60));
        Assert.That(slow.Parts[0].Name, Does.Contain("adapter"));
    }

    [Test]
    public void Two_buses_are_served_one_after_the_other()
    {
        LoopPrediction two = LoopPrediction.Of([Bus(0, null), Bus(0, null)], 0, null, null);
        Assert.That(two.RateHertz, Is.EqualTo(1e6 / (2 * WireMicroseconds)).Within(1e-6));
    }

    [Test]
    public void A_failing_finding_makes_the_exit_code_20()
    {
        Assert.That(Report(Severity.Warn).ExitCode, Is.Zero);
        Assert.That(Report(Severity.Fail).ExitCode, Is.EqualTo(20));
    }

    private static DoctorReport Report(Severity severity) => new()
    {
        Machine = new MachineSummary("6", "full", "some", 2),
        Findings = [new Finding("load", severity, "9", "why", "fix")],
        Measurements = new DoctorMeasurements(),
        Buses = [],
        Prediction = LoopPrediction.Of([Bus(0, null)], 0, null, null),
    };

    private static BusReport Bus(double returnDelayMicroseconds, LatencySummary? cycle) => new(
        "servo",
        "/dev/ttyACM0",
        1_000_000,
        [
            .. Enumerable.Range(1, 6)
                .Select(id => new ServoReport(id, "j", true, returnDelayMicroseconds, 0)),
        ],
        cycle,
        0);
}
