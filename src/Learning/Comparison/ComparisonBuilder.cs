using HilRig.Learning.Comparison.Statistics;
using HilRig.Learning.Training;

namespace HilRig.Learning.Comparison;

/// <summary>Compares runs as Agarwal et al. 2021 advise: intervals, not point scores.</summary>
internal sealed class ComparisonBuilder
{
    private readonly RunCollection _collection;
    private readonly StratifiedBootstrap _bootstrap;
    private readonly ulong _seed;
    private readonly int _drawCount;

    /// <summary>Begins.</summary>
    /// <param name="collection">The runs.</param>
    /// <param name="seed">Seed of the resamples.</param>
    /// <param name="drawCount">Resamples of an interval.</param>
    public ComparisonBuilder(RunCollection collection, ulong seed, int drawCount)
    {
        _collection = collection;
        _seed = seed;
        _drawCount = drawCount;
        _bootstrap = new StratifiedBootstrap(seed, drawCount);
    }

    /// <summary>Computes everything.</summary>
    public RunComparison Build()
    {
        ComparedRun[][] groups =
        [
            .. _collection.Runs
                .GroupBy(run => (run.Task, run.Method))
                .OrderBy(group => group.Key.Task, StringComparer.Ordinal)
                .ThenByDescending(group => group.Average(run => run.Result.FinalSuccess))
                .ThenBy(group => group.Key.Method, StringComparer.Ordinal)
                .Select(group => group.OrderBy(run => run.Result.Seed).ToArray()),
        ];
        MethodRow[] methods =
        [
            .. _collection.Runs
                .GroupBy(run => run.Method)
                .Select(Row)
                .OrderByDescending(row => row.InterquartileMean.Value)
                .ThenBy(row => row.Method, StringComparer.Ordinal),
        ];
        return new RunComparison
        {
            Tasks = [.. groups.Select(Row)],
            Methods = methods,
            Pairs = [.. Pairs(methods)],
            Curves = [.. groups.Select(MeanCurve.Of)],
            Unfinished = _collection.Unfinished,
            BootstrapDraws = _drawCount,
            BootstrapSeed = _seed,
        };
    }

    private static long? MedianSteps(
        ComparedRun[] runs, Func<IReadOnlyList<CurvePoint>, long?> steps)
    {
        double median = OrderStatistics.Median(
            runs.Select(run => steps(run.Result.Curve) ?? double.PositiveInfinity));
        return double.IsFinite(median) ? (long)Math.Round(median) : null;
    }

    private static double Pooled(double[][] tasks) =>
        OrderStatistics.InterquartileMean(tasks.SelectMany(runs => runs));

    private TaskRow Row(ComparedRun[] runs)
    {
        double[] finals = [.. runs.Select(run => run.Result.FinalSuccess)];
        long starts = runs.Sum(run => (long)run.Result.FinalStarts);
        long successes = runs.Sum(run => run.FinalSuccesses);
        double[] interval = WilsonInterval.Of(successes, starts);
        double?[] areas = [.. runs.Select(run => CurveFigures.Area(run.Result.Curve))];
        bool learns = areas.All(area => area is not null);
        return new TaskRow
        {
            Task = runs[0].Task,
            Method = runs[0].Method,
            Seeds = [.. runs.Select(run => run.Result.Seed)],
            Budget = runs.Max(run => run.Budget),
            FinalSuccess = new(successes / (double)starts, interval[0], interval[1]),
            FinalBySeed = finals,
            InterquartileMean = _bootstrap.Of([finals], Pooled),
            StepsTo85 = MedianSteps(runs, curve => CurveFigures.FirstAt(curve, 0.85)),
            StepsTo90 = MedianSteps(runs, curve => CurveFigures.FirstSmoothedAt(curve, 0.9)),
            Area = learns
                ? _bootstrap.Of(
                    [[.. areas.Select(area => area!.Value)]], tasks => tasks[0].Average())
                : null,
            DipSteps = learns && runs.All(run => run.Result.ImitationSuccess is not null)
                ? CurveFigures.LongestDip(Average(runs))
                : null,
            CpuSeconds = runs.Average(run => run.Result.CpuSeconds),
            WallSeconds = runs.Average(run => run.Result.WallSeconds),
        };
    }

    private static CurvePoint[] Average(ComparedRun[] runs) =>
    [
        .. MeanCurve.Of(runs).Points.Select(point => runs[0].Result.Curve[0] with
        {
            Steps = point.Steps,
            Success = point.Mean,
        }),
    ];

    private MethodRow Row(IGrouping<string, ComparedRun> method)
    {
        string[] tasks =
            [.. method.Select(run => run.Task).Distinct().Order(StringComparer.Ordinal)];
        return new MethodRow(
            method.Key,
            tasks,
            method.Count(),
            _bootstrap.Of(Scores(method.Key, tasks), Pooled));
    }

    private IEnumerable<PairRow> Pairs(MethodRow[] methods)
    {
        for (int i = 0; i < methods.Length; i++)
        {
            for (int j = i + 1; j < methods.Length; j++)
            {
                string[] shared = [.. methods[i].Tasks.Intersect(methods[j].Tasks)];
                if (shared.Length > 0)
                {
                    yield return new PairRow(
                        methods[i].Method,
                        methods[j].Method,
                        shared,
                        _bootstrap.Of(
                            [
                                Scores(methods[i].Method, shared),
                                Scores(methods[j].Method, shared),
                            ],
                            groups => Improvement.Of(groups[0], groups[1])));
                }
            }
        }
    }

    private double[][] Scores(string method, string[] tasks) =>
    [
        .. tasks.Select(task => _collection.Runs
            .Where(run => run.Method == method && run.Task == task)
            .OrderBy(run => run.Result.Seed)
            .Select(run => run.Result.FinalSuccess)
            .ToArray()),
    ];
}
