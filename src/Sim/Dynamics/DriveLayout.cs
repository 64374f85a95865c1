using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>
/// Where lengths, moments and forces of actuators lie. An actuator on a single slide or hinge has
/// no moments here: its only one is the gear.
/// </summary>
internal readonly struct DriveLayout
{
    public readonly int MomentCount;
    public readonly int Length; // [actuator]
    public readonly int Velocity; // [actuator]
    public readonly int Force; // [actuator]
    public readonly int Slope; // [actuator] derivative of the force by velocity
    public readonly int ActivationRate; // [activation] ȧ
    public readonly int Moment; // [moment] of the force on each dof
    public readonly int TopologyMoments; // [moment] dof

    public DriveLayout(Model model, SlotCounter slots)
    {
        int count = model.Actuators.Count;
        var tree = new KinematicTree(model);
        MomentCount = model.Actuators.Sum(
            actuator => DrivePacker.Dofs(model, tree, actuator).Count);
        Length = slots.Work(count);
        Velocity = slots.Work(count);
        Force = slots.Work(count);
        Slope = slots.Work(count);
        ActivationRate = slots.Work(model.ActivationCount);
        Moment = slots.Work(MomentCount);
        TopologyMoments = slots.Topology(MomentCount);
    }
}
