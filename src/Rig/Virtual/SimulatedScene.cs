using HilRig.Core.Rigs;
using HilRig.Devices.Virtual.Scenes;
using HilRig.Sim;
using HilRig.Sim.Models;

namespace HilRig.Rig.Virtual;

/// <summary>
/// The arm that the virtual servos turn and the objects it touches, which no servo turns: the
/// simulator's dynamics and contacts with the rig's hidden model.
/// </summary>
/// <param name="model">The hidden model.</param>
/// <param name="modelJoints">Its joint of each of the rig's joints. Shape [dof].</param>
/// <param name="scene">Its objects.</param>
internal sealed class SimulatedScene(
    Model model, IReadOnlyList<string> modelJoints, VirtualSceneDescription scene) : ISceneLoad
{
    private readonly ArmDynamics _arm = new(model, modelJoints, scene.Objects);
    private readonly double[] _initial = [.. scene.Initial];

    /// <inheritdoc/>
    public int DofCount => modelJoints.Count;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Position => _arm.Position;

    /// <inheritdoc/>
    public ReadOnlySpan<double> Velocity => _arm.Velocity;

    /// <inheritdoc/>
    public int ObjectCount => _initial.Length;

    /// <inheritdoc/>
    public ReadOnlySpan<double> ObjectPosition => _arm.ObjectPosition;

    /// <inheritdoc/>
    public ReadOnlySpan<double> ObjectVelocity => _arm.ObjectVelocity;

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
    public void Reset(ReadOnlySpan<double> position)
    {
        _arm.Reset(position);
        _arm.Place(_initial);
    }

    /// <inheritdoc/>
    public void Place(ReadOnlySpan<double> position) => _arm.Place(position);
}
