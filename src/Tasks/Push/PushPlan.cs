namespace HilRig.Tasks.Push;

/// <summary>What a straight push at one point of the T would do.</summary>
/// <param name="Point">Where the T is touched, in its frame, m.</param>
/// <param name="Normal">The face's outward normal in the T's frame.</param>
/// <param name="Advance">How far the T's centre should go, m; 0 if the push does not help.</param>
/// <param name="Gain">
/// By what part the error falls: squares of distance and angle in units of what counts as done.
/// </param>
internal readonly record struct PushPlan(Planar Point, Planar Normal, double Advance, double Gain)
{
    // Ratio of moment to force at the limit of the foot's friction, m: c of push-t.xml.
    private const double LimitRadius = 0.025;

    /// <summary>
    /// Plans a push along the inward normal. Quasi-static, with an ellipsoidal limit surface the
    /// motion is normal to it: per metre of the centre along the push the T turns by lever / c²
    /// (Lynch and Mason 1996, eq. 3). The best advance minimises a quadratic.
    /// </summary>
    public static PushPlan Of(in BlockPose block, Planar point, Planar normal)
    {
        Planar push = block.Turn(-1 * normal);
        double turn = -point.Cross(normal) / (LimitRadius * LimitRadius);
        const double Distance = PushTTask.DoneDistance * PushTTask.DoneDistance;
        const double Angle = PushTTask.DoneAngle * PushTTask.DoneAngle;
        double slope = (block.Place.Dot(push) / Distance) + (block.Yaw * turn / Angle);
        double curvature = (1 / Distance) + (turn * turn / Angle);
        double error = (block.Place.Dot(block.Place) / Distance) + (block.Yaw * block.Yaw / Angle);
        return slope >= 0
            ? new(point, normal, 0, 0)
            : new(point, normal, -slope / curvature, slope * slope / curvature / error);
    }
}
