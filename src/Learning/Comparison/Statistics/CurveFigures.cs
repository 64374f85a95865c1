using HilRig.Learning.Training;

namespace HilRig.Learning.Comparison.Statistics;

/// <summary>Figures of one learning curve. Points are in order of their steps.</summary>
internal static class CurveFigures
{
    /// <summary>Steps of the first point at a share or more; null if there is none.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="share">Share of starts, 0 to 1.</param>
    public static long? FirstAt(IReadOnlyList<CurvePoint> curve, double share) =>
        curve.FirstOrDefault(point => point.Success >= share)?.Steps;

    /// <summary>
    /// Steps of the first point that is at a share or more after a running median of three; the
    /// first and the last point have no such median. Null if there is none.
    /// </summary>
    /// <param name="curve">The curve.</param>
    /// <param name="share">Share of starts, 0 to 1.</param>
    public static long? FirstSmoothedAt(IReadOnlyList<CurvePoint> curve, double share)
    {
        for (int k = 1; k < curve.Count - 1; k++)
        {
            double before = curve[k - 1].Success;
            double here = curve[k].Success;
            double after = curve[k + 1].Success;
            double median = Math.Max(
                Math.Min(before, here), Math.Min(Math.Max(before, here), after));
            if (median >= share)
            {
                return curve[k].Steps;
            }
        }

        return null;
    }

    /// <summary>
    /// Mean success over the steps from the first point to the last, by trapezoids; null of fewer
    /// than two points.
    /// </summary>
    /// <param name="curve">The curve.</param>
    public static double? Area(IReadOnlyList<CurvePoint> curve)
    {
        double area = 0;
        for (int k = 1; k < curve.Count; k++)
        {
            area += (curve[k].Steps - curve[k - 1].Steps)
                * (curve[k].Success + curve[k - 1].Success) / 2;
        }

        return curve.Count < 2 ? null : area / (curve[^1].Steps - curve[0].Steps);
    }

    /// <summary>
    /// Longest time that a curve stays below its first point, the imitation policy: from the first
    /// point below to the first one back up, or to the end.
    /// </summary>
    /// <param name="curve">The curve.</param>
    public static long LongestDip(IReadOnlyList<CurvePoint> curve)
    {
        long longest = 0;
        int fell = -1;
        for (int k = 1; k < curve.Count; k++)
        {
            bool isBelow = curve[k].Success < curve[0].Success;
            fell = !isBelow ? -1 : fell < 0 ? k : fell;
            if (isBelow)
            {
                int end = Math.Min(k + 1, curve.Count - 1);
                longest = Math.Max(longest, curve[end].Steps - curve[fell].Steps);
            }
        }

        return longest;
    }
}
