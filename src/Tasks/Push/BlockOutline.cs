namespace HilRig.Tasks.Push;

/// <summary>The T of push-t.xml in its own frame, and where the pusher may touch it.</summary>
internal static class BlockOutline
{
    /// <summary>Radius of the pusher's tip, m.</summary>
    public const double PusherRadius = 0.008;

    // Half sizes and centres of the two boxes, m.
    private static readonly (Planar Center, Planar Half)[] Boxes =
    [
        (new(0, 0.017143), new(0.04, 0.01)),
        (new(0, -0.022857), new(0.01, 0.03)),
    ];

    private static readonly (Planar Point, Planar Normal)[] TouchList =
    [
        .. Face(new(-0.036, 0.027143), new(0.036, 0.027143), new(0, 1), 7),
        .. Face(new(-0.04, 0.011), new(-0.04, 0.023), new(-1, 0), 3),
        .. Face(new(0.04, 0.011), new(0.04, 0.023), new(1, 0), 3),
        .. Face(new(-0.036, 0.007143), new(-0.022, 0.007143), new(0, -1), 3),
        .. Face(new(0.022, 0.007143), new(0.036, 0.007143), new(0, -1), 3),
        .. Face(new(-0.01, -0.049), new(-0.01, -0.005), new(-1, 0), 5),
        .. Face(new(0.01, -0.049), new(0.01, -0.005), new(1, 0), 5),
        .. Face(new(-0.006, -0.052857), new(0.006, -0.052857), new(0, -1), 3),
    ];

    /// <summary>Points on the faces, with outward normals, clear of the notches.</summary>
    public static ReadOnlySpan<(Planar Point, Planar Normal)> Touches => TouchList;

    /// <summary>From a point of the T's frame to the T, m; below 0 inside a box.</summary>
    public static double Distance(Planar point)
    {
        double nearest = double.PositiveInfinity;
        foreach ((Planar center, Planar half) in Boxes)
        {
            double x = Math.Abs(point.X - center.X) - half.X;
            double y = Math.Abs(point.Y - center.Y) - half.Y;
            double outside = new Planar(Math.Max(x, 0), Math.Max(y, 0)).Length;
            nearest = Math.Min(nearest, outside + Math.Min(Math.Max(x, y), 0));
        }

        return nearest;
    }

    /// <summary>Whether the pusher gets from one point to another straight past the T.</summary>
    public static bool IsClear(Planar from, Planar to)
    {
        // A path that begins close by may leave, but not come closer.
        const double Spare = 0.002;
        const int Samples = 16;
        double least = Math.Min(PusherRadius + Spare, Distance(from) - 0.0005);
        for (int k = 1; k <= Samples; k++)
        {
            if (Distance(from + (k / (double)Samples * (to - from))) < least)
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<(Planar Point, Planar Normal)> Face(
        Planar from, Planar to, Planar normal, int count)
    {
        for (int k = 0; k < count; k++)
        {
            yield return (from + (k / (count - 1.0) * (to - from)), normal);
        }
    }
}
