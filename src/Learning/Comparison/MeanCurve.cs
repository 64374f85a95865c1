using HilRig.Learning.Training;

namespace HilRig.Learning.Comparison;

/// <summary>Success of a method on a task while it learns, over its seeds.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Method">The method.</param>
/// <param name="Points">
/// At the steps that every seed has; of a method without steps one point, its final success.
/// </param>
internal sealed record MeanCurve(
    string Task, string Method, IReadOnlyList<MeanCurve.Point> Points)
{
    /// <summary>Averages runs of one method on one task.</summary>
    /// <param name="runs">The runs.</param>
    public static MeanCurve Of(IReadOnlyList<ComparedRun> runs)
    {
        CurvePoint[][] curves = [.. runs.Select(run => run.Result.Curve.ToArray())];
        bool learns = curves.All(curve => curve.Length >= 2);
        IEnumerable<(long Steps, double[] Scores)> points = learns
            ? curves
                .SelectMany(curve => curve)
                .GroupBy(point => point.Steps)
                .Where(group => group.Count() == curves.Length)
                .OrderBy(group => group.Key)
                .Select(group => (group.Key, group.Select(point => point.Success).ToArray()))
            : [(0, [.. runs.Select(run => run.Result.FinalSuccess)])];
        return new(
            runs[0].Task,
            runs[0].Method,
            [
                .. points.Select(point => new Point(
                    point.Steps,
                    point.Scores.Average(),
                    point.Scores.Min(),
                    point.Scores.Max())),
            ]);
    }

    /// <summary>A point of it.</summary>
    /// <param name="Steps">Steps of the environment.</param>
    /// <param name="Mean">Mean success over seeds.</param>
    /// <param name="Lowest">Of a seed.</param>
    /// <param name="Highest">Of a seed.</param>
    internal sealed record Point(long Steps, double Mean, double Lowest, double Highest);
}
