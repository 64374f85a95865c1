namespace HilRig.Sim.Dynamics;

/// <summary>
/// Offsets inside the block of one geom, one pair of geoms and one contact. SI units. Constants
/// that
/// are derived follow from others and are written by PairPhases.
/// </summary>
internal static class ContactSlots
{
    // Constants of a geom, all primary.
    public const int GeomPosition = 0; // [3] m, in the body's frame
    public const int GeomRotation = 3; // [9] to the body's frame, by rows
    public const int GeomSize = 12; // [3] m; of a height field half extents and height of 1
    public const int GeomRadius = 15; // m, of a ball about its centre that holds it; 0 of a plane
    public const int GeomFriction = 16; // [3] sliding, torsional in m, rolling in m
    public const int GeomSoftnessWeight = 19; // solmix
    public const int GeomReference = 20; // [2] solref
    public const int GeomImpedance = 22; // [5] solimp
    public const int GeomMargin = 27; // m
    public const int GeomGap = 28; // m
    public const int GeomBase = 29; // m, depth of a height field below 0
    public const int GeomStride = 30;

    // Constants of a pair: primary when the file names it, else derived from the geoms.
    public const int PairFriction = 0; // [5] two tangents, torsion in m, two rollings in m
    public const int PairReference = 5; // [2] solref
    public const int PairFrictionReference = 7; // [2] solreffriction; 0, 0 for solref
    public const int PairImpedance = 9; // [5] solimp
    public const int PairMargin = 14; // m: force below it
    public const int PairGap = 15; // m: found below margin + gap

    // Constants of a pair, always derived.
    public const int PairDetection = 16; // m, margin + gap
    public const int PairReach = 17; // m, detection + radii of both geoms
    public const int PairStiffness = 18; // K, 1/s²
    public const int PairDamping = 19; // B, 1/s
    public const int PairFrictionDamping = 20; // B of friction rows, 1/s; their K is 0
    public const int PairImpedanceMin = 21;
    public const int PairImpedanceMax = 22;
    public const int PairInverseWidth = 23; // 1/m
    public const int PairMidpoint = 24;
    public const int PairPower = 25;
    public const int PairBelowScale = 26; // midpoint^(1 - power)
    public const int PairAboveScale = 27; // (1 - midpoint)^(1 - power)
    public const int PairInverseTranslation = 28; // both bodies' inverse weights, 1/kg
    public const int PairInverseRotation = 29; // 1/(kg·m²)
    public const int PairStride = 30;

    // Integers of a geom.
    public const int GeomBody = 0;
    public const int GeomKind = 1; // a GeomKind
    public const int GeomTouches = 2; // 1 when it is in a pair
    public const int GeomAsset = 3; // first integer of its mesh or height field, or -1
    public const int GeomIndexStride = 4;

    // Integers of a pair.
    public const int PairFirst = 0; // geom
    public const int PairSecond = 1; // geom
    public const int PairFirstBody = 2;
    public const int PairSecondBody = 3;
    public const int PairDimension = 4; // 1, 3, 4 or 6
    public const int PairMixing = 5; // a ParameterMixing
    public const int PairHasSquareImpedance = 6; // power 2, the default: no Pow needed
    public const int PairIndexStride = 7;

    // Numbers of a contact. Lanes that do not have it hold Absent, zeros and an upright frame.
    public const int Distance = 0; // m; below 0 when the geoms overlap
    public const int PositionFirst = 1; // [3] m, world axes, from the first geom's tree point
    public const int PositionSecond = 4; // [3] m, world axes, from the second geom's tree point
    public const int Frame = 7; // [3, 3] rows: normal from first to second geom, two tangents
    public const int ContactStride = 16;
    public const double Absent = 1e10; // m, Distance in a lane that does not have the contact

    // Numbers of a candidate: what lane by lane algorithms find for one lane.
    public const int CandidateDistance = 0;
    public const int CandidatePosition = 1; // [3] m, world axes, from the second geom's centre
    public const int CandidateNormal = 4; // [3] world axes
    public const int CandidateStride = 7;
}
