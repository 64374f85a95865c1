using HilRig.Devices.Registers;

namespace HilRig.Devices.Tests.Virtual;

/// <summary>
/// What a step of six servos costs; printed. The bound is loose: benches gate times.
/// </summary>
public sealed class VirtualArmCostTests
{
    private const double MicrosecondsMax = 15;
    private const int Steps = 40_000;

    [Test]
    public void A_step_of_six_moving_servos_costs_less_than_15_microseconds()
    {
        var bench = VirtualArmTests.Arm(1);
        for (byte id = 1; id <= 6; id++)
        {
            bench.Write(Sts3215.TorqueEnable, 1, id);
            bench.Write(Sts3215.GoalPosition, 1500, id);
        }

        bench.Run(1);
        var best = double.PositiveInfinity;
        for (var round = 0; round < 5; round++)
        {
            // CPU time: on a busy machine the wall clock measures the neighbours.
            var start = Environment.CpuUsage.TotalTime;
            bench.Arm.StepTo(bench.Arm.ArmNanoseconds + (Steps * 250_000L));
            var spent = Environment.CpuUsage.TotalTime - start;
            best = Math.Min(best, spent.TotalMicroseconds / Steps);
        }

        TestContext.Out.WriteLine($"{best:F2} µs a step of six servos with pendulums");
        Assert.That(best, Is.LessThan(MicrosecondsMax));
    }
}
