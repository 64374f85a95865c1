using HilRig.Devices.Virtual;
using HilRig.Sim;
using HilRig.Sim.Models;

namespace HilRig.Rig.Virtual;

/// <summary>
/// The arm that the virtual servos turn: the simulator's dynamics with the rig's hidden model,
/// whose parameters are not the twin's.
/// </summary>
/// <param name="model">The hidden model.</param>
/// <param name="modelJoints">Its joint of each of the rig's joints. Shape [dof].</param>
internal sealed class SimulatedLoad(Model model, IReadOnlyList<string> modelJoints) : IServoLoad
{
    private readonly ArmDynamics _arm = new(model, modelJoints);

    /// <inheritdoc/>
    public int DofCount => modelJoints.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Position => _arm.Position;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Velocity => _arm.Velocity;

    /// <summary>Steps whose result was not finite or not converged; 0 in a healthy rig.</summary>
    public long FaultCount { get; private set; }

    /// <inheritdoc/>
    public void Step(ReadOnlySpan<double> outputTorque, double dtSeconds)
    {
        if (_arm.Step(outputTorque, dtSeconds) != StepStatus.Ok)
        {
            FaultCount++;
        }
    }

    /// <inheritdoc/>
    public void Reset(ReadOnlySpan<double> position) => _arm.Reset(position);
}
