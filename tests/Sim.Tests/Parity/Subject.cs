using HilRig.Sim.Models;

namespace HilRig.Sim.Tests.Parity;

/// <summary>The simulator in double precision, seen through MuJoCo's quantities.</summary>
internal sealed class Subject(Model model)
{
    public Simulation Simulation { get; } = new(model);

    public double[] MassMatrix
    {
        get
        {
            int n = model.DofCount;
            var full = new double[n * n];
            for (int i = 0; i < full.Length; i++)
            {
                full[i] = Simulation.MassMatrix(i / n, i % n);
            }

            return full;
        }
    }

    public SimState State => new(
        Simulation.Position.ToArray(),
        Simulation.Velocity.ToArray(),
        Simulation.Activation.ToArray(),
        []);

    public void Load(SimState state)
    {
        state.Position.CopyTo(Simulation.Position);
        state.Velocity.CopyTo(Simulation.Velocity);
        state.Activation.CopyTo(Simulation.Activation);
        state.Control.CopyTo(Simulation.Control);
    }

    public void Forward() => Expect(Simulation.Forward());

    public void Step() => Expect(Simulation.Step());

    private static void Expect(StepStatus status) =>
        Assert.That(status, Is.EqualTo(StepStatus.Ok));
}
