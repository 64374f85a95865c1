namespace HilRig.Sim.Contacts;

/// <summary>Which algorithm finds the contacts of two shapes, the first of lower type.</summary>
internal enum ShapePair
{
    PlaneSphere,
    PlaneCapsule,
    PlaneEllipsoid,
    PlaneCylinder,
    PlaneBox,
    PlaneMesh,
    SphereSphere,
    SphereCapsule,
    SphereCylinder,
    SphereBox,
    CapsuleCapsule,
    CapsuleBox,
    BoxBox,

    /// <summary>Two convex shapes, one of them an ellipsoid, cylinder or mesh.</summary>
    Convex,

    /// <summary>A height field and a convex shape.</summary>
    HeightField,

    /// <summary>Number of the kinds above.</summary>
    Count,
}
