namespace HilRig.Sim.Dynamics;

/// <summary>Offsets inside the constants and integers of one sensor.</summary>
internal static class SensorSlots
{
    // Constants.
    public const int Cutoff = 0;
    public const int Rotation = 1; // [9] of the measured frame to its body, by rows
    public const int ReferenceRotation = 10; // [9]
    public const int Quaternion = 19; // [4] of the measured frame to its body
    public const int ReferenceQuaternion = 23; // [4]
    public const int ConstantStride = 27;

    // Integers.
    public const int Kind = 0; // a SensorKind
    public const int Target = 1; // joint, dof, tendon, actuator or site, by kind
    public const int Body = 2; // of the measured frame, or first of a subtree
    public const int Position = 3; // constant slot of the frame's place in its body
    public const int ReferenceBody = 4; // or -1
    public const int ReferencePosition = 5;
    public const int Address = 6; // first of its numbers
    public const int Dimension = 7;
    public const int Cut = 8; // 0 none, 1 both sides, 2 above only
    public const int LastBody = 9; // last of a subtree
    public const int IndexStride = 10;
}
