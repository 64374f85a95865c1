using HilRig.Devices.Registers;
using HilRig.Devices.Virtual;

namespace HilRig.Devices.Tests.Virtual;

/// <summary>
/// What a step of six servos costs; printed. The bound is loose: benches gate times.
/// </summary>
public sealed class VirtualArmCostTests
{
    private const double MicrosecondsMax = 15;
    private const int Steps = 400_000;

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

        // CPU time: on a busy machine the wall clock measures the neighbours.
        var start = Environment.CpuUsage.TotalTime;
        bench.Arm.StepTo(bench.Arm.ArmNanoseconds + (Steps * VirtualArm.StepNanoseconds));
        var cost = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / Steps;
        TestContext.Out.WriteLine($"{cost:F2} µs a step of six servos with pendulums");
        Assert.That(cost, Is.LessThan(MicrosecondsMax));
    }
}
