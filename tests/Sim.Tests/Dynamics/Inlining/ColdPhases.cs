namespace HilRig.Sim.Tests.Dynamics.Inlining;

/// <summary>Kernels where numbers may cross a call, and those that must be seen.</summary>
internal static class ColdPhases
{
    /// <summary>Methods of the arm's and the contacts' hot path.</summary>
    public static IReadOnlyList<string> Expected { get; } =
    [
        "KinematicPhases.JointRotations", "HingePhases.Turn", "InertiaPhases.BodyInertias",
        "RigidBodyPhases.CarryOn", "RigidBodyPhases.MassRow", "TwinFactorPhases.FillRow",
        "RowPhases.MakeRows", "DofCostPhases.Evaluate", "ContactRowPhases.Translate",
        "PyramidPhases.Evaluate", "ConePhases.Evaluate", "HessianPhases.AddRow",
        "FactorPhases.Factor", "SearchPhases.Slopes", "IntegrationPhases.Advance",
    ];

    /// <summary>Most calls that numbers cross, in all methods of a class; may not grow.</summary>
    public static IReadOnlyDictionary<string, int> Most { get; } = new Dictionary<string, int>
    {
        // When a primary constant changes.
        ["PairPhases"] = 1,
        ["WeightPhases"] = 14,

        // Rows of equality constraints and of limits of balls and tendons.
        ["FrameBlockPhases"] = 24,
        ["JointBlockPhases"] = 11,

        // Sensors: double only, once a reading.
        ["BodySensorPhases"] = 8,
        ["QuaternionSensorPhases"] = 4,
        ["SensorPhases"] = 3,
        ["SubtreeSensorPhases"] = 6,
        ["TouchSensorPhases"] = 14,

        // Geometry of a pair that is near: long, branchy, a vector handed on a few times.
        ["BoxAxes"] = 5,
        ["BoxBox"] = 7,
        ["BoxFaces"] = 5,
        ["CapsuleBox"] = 9,
        ["CapsuleBoxFeatures"] = 16,
        ["CapsuleCapsule"] = 11,
        ["ContactList"] = 2,
        ["Convex"] = 9,
        ["ConvexProblems"] = 7,
        ["ConvexShape"] = 13,
        ["ConvexVertex"] = 1,
        ["Epa"] = 7,
        ["FirstPolytope"] = 8,
        ["Gjk"] = 11,
        ["GjkTest"] = 5,
        ["Horizon"] = 3,
        ["MeshHull"] = 3,
        ["Penetration"] = 7,
        ["PlaneBox"] = 5,
        ["PlaneCapsule"] = 4,
        ["PlaneCylinder"] = 3,
        ["PlaneEllipsoid"] = 4,
        ["PlaneMesh"] = 9,
        ["PlaneSphere"] = 5,
        ["Polytope"] = 1,
        ["Simplex"] = 21,
        ["SphereBox"] = 12,
        ["SphereCapsule"] = 3,
        ["SphereCylinder"] = 3,
        ["SphereSphere"] = 8,
    };
}
