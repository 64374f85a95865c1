using HilRig.Sim.Models;

namespace HilRig.Sim.Gradients;

/// <summary>Where a step begins and what acts in it; write before asking for derivatives.</summary>
public sealed class StepInput
{
    private readonly Model _model;

    /// <summary>The reference position at rest, controls and applied forces 0.</summary>
    /// <param name="model">The robot.</param>
    public StepInput(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        _model = model;
        Position = [.. model.ReferencePosition];
        Velocity = new double[model.DofCount];
        Activation = new double[model.ActivationCount];
        Control = new double[model.Actuators.Count];
        AppliedForce = new double[model.DofCount];
    }

    /// <summary>Positions (qpos); quaternions of unit length. Shape [position].</summary>
    public double[] Position { get; }

    /// <summary>Velocities (qvel). Shape [dof].</summary>
    public double[] Velocity { get; }

    /// <summary>Activations (act). Shape [activation].</summary>
    public double[] Activation { get; }

    /// <summary>Controls. Shape [actuator].</summary>
    public double[] Control { get; }

    /// <summary>Joint forces from outside, N·m or N. Shape [dof].</summary>
    public double[] AppliedForce { get; }

    /// <summary>Takes the state and the inputs of a simulation of the same model.</summary>
    /// <param name="simulation">The simulation, before its step.</param>
    public void CopyFrom(Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        simulation.Position.CopyTo(Position);
        simulation.Velocity.CopyTo(Velocity);
        simulation.Activation.CopyTo(Activation);
        simulation.Control.CopyTo(Control);
        simulation.AppliedForce.CopyTo(AppliedForce);
        Normalize();
    }

    /// <summary>Makes every quaternion of the position one of unit length.</summary>
    public void Normalize() => TangentSpace.Normalize(_model, Position);
}
