using HilRig.Sim.Models;

namespace HilRig.Sim.Dynamics;

/// <summary>Where sensors lie.</summary>
internal readonly struct SensorLayout
{
    public readonly int Count;
    public readonly int ValueCount;
    public readonly int Values; // [value]
    public readonly int Frame; // [12] scratch: rotation and place of the measured frame
    public readonly int Reference; // [12] scratch
    public readonly int Quaternion; // [4] scratch
    public readonly int Wrench; // [body, 6] scratch
    public readonly int Constants;
    public readonly int Zero; // [3] the place of a body's own frame
    public readonly int BodyQuaternions; // [body, 4] constants: orientation in the parent
    public readonly int Topology;
    public readonly int Needs; // integer: SensorNeeds

    public SensorLayout(Model model, SlotCounter slots)
    {
        Count = model.Sensors.Count;
        ValueCount = model.SensorCount;
        bool any = Count > 0;
        Values = slots.Work(ValueCount);
        Frame = slots.Work(any ? 12 : 0);
        Reference = slots.Work(any ? 12 : 0);
        Quaternion = slots.Work(any ? 4 : 0);
        Wrench = slots.Work(any ? 6 * model.Bodies.Count : 0);
        Constants = slots.Constant(SensorSlots.ConstantStride * Count);
        Zero = slots.Constant(any ? 3 : 0);
        BodyQuaternions = slots.Constant(any ? 4 * model.Bodies.Count : 0);
        Topology = slots.Topology(SensorSlots.IndexStride * Count);
        Needs = slots.Topology(1);
    }

    /// <summary>Slot of a constant of a sensor.</summary>
    public int Of(int sensor, int slot) =>
        Constants + (SensorSlots.ConstantStride * sensor) + slot;

    /// <summary>Slot of an integer of a sensor.</summary>
    public int IndexOf(int sensor, int slot) =>
        Topology + (SensorSlots.IndexStride * sensor) + slot;
}
