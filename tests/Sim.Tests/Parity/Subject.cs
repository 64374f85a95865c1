using HilRig.Sim.Dynamics;
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

    public double[] SmoothAcceleration => Work(At.SmoothAcceleration, model.DofCount);

    /// <summary>Origins of all bodies in the world. Shape [body, 3].</summary>
    public double[] BodyPosition
    {
        get
        {
            double[] place = Work(At.Origin, 3 * model.Bodies.Count);
            for (int body = 0; body < model.Bodies.Count; body++)
            {
                double[] tree = Work(At.TreePoint + (3 * model.Bodies[body].Root), 3);
                for (int k = 0; k < 3; k++)
                {
                    place[(3 * body) + k] += tree[k];
                }
            }

            return place;
        }
    }

    /// <summary>Rotations from bodies to the world, by rows. Shape [body, 9].</summary>
    public double[] BodyRotation => Work(At.Rotation, 9 * model.Bodies.Count);

    private Layout At => Simulation.Memory.At;

    public void Load(SimState state)
    {
        state.Position.CopyTo(Simulation.Position);
        state.Velocity.CopyTo(Simulation.Velocity);
        state.Activation.CopyTo(Simulation.Activation);
        state.Control.CopyTo(Simulation.Control);
    }

    public void Forward() => Expect(Simulation.Forward());

    public void Step() => Expect(Simulation.Step());

    private double[] Work(int first, int count) =>
        Simulation.Work.Slice(first, count).ToArray();

    private static void Expect(StepStatus status) =>
        Assert.That(status, Is.EqualTo(StepStatus.Ok));
}
