using HilRig.Learning.Agents;
using HilRig.Learning.Health;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>The curve of a run and its final score.</summary>
internal sealed class TrainingScore
{
    private const double Bar = 0.85;

    private readonly RunFolder _folder;
    private readonly IRobotTask _task;
    private readonly Learner _learner;
    private readonly RunClock _clock;
    private readonly Evaluation _evaluation;
    private readonly List<CurvePoint> _curve;

    /// <summary>Reads the curve so far.</summary>
    /// <param name="folder">The run.</param>
    /// <param name="task">Its task.</param>
    /// <param name="learner">What is scored.</param>
    /// <param name="clock">Both clocks.</param>
    public TrainingScore(RunFolder folder, IRobotTask task, Learner learner, RunClock clock)
    {
        _folder = folder;
        _task = task;
        _learner = learner;
        _clock = clock;
        _evaluation = new Evaluation(
            task, learner.Scaling, folder.Options.EvaluationStarts, first: 0);
        _curve = folder.ReadCurve();
    }

    /// <summary>Adds a point, unless a run that was killed had it already.</summary>
    /// <param name="steps">Steps so far.</param>
    /// <param name="mode">Who acts.</param>
    /// <param name="point">The point.</param>
    /// <returns>Whether it is new.</returns>
    public bool TryAdd(long steps, ActMode mode, out CurvePoint? point)
    {
        point = _curve.Find(known => known.Steps == steps);
        if (point is not null)
        {
            return false;
        }

        (int successes, double? meanSteps) = _evaluation.Run(_learner.Agent, mode);
        int starts = _folder.Options.EvaluationStarts;
        point = new CurvePoint
        {
            Steps = steps,
            Success = successes / (double)starts,
            Starts = starts,
            SuccessSteps = meanSteps,
            CriticUpdates = _learner.Agent.CriticUpdateCount,
            CpuSeconds = _clock.CpuSeconds,
            WallSeconds = _clock.WallSeconds,
        };
        _curve.Add(point);
        _folder.WriteCurve(_curve);
        return true;
    }

    /// <summary>Scores for the last time.</summary>
    /// <param name="steps">Steps of the run.</param>
    /// <param name="episodes">Episodes of the run.</param>
    /// <param name="health">How learning went.</param>
    public TrainingResult Finish(long steps, long episodes, HealthFigures health)
    {
        TrainingOptions options = _folder.Options;
        int starts = options.FinalStarts;
        var final = new Evaluation(_task, _learner.Scaling, starts, Evaluation.FinalFirst);
        int successes = final.Run(_learner.Agent, ActMode.Greedy).Successes;
        double? imitation = options.Agent.UsesImitation
            ? final.Run(_learner.Agent, ActMode.Imitation).Successes / (double)starts
            : null;
        return new TrainingResult
        {
            Algorithm = options.Agent.Algorithm.ToString().ToLowerInvariant(),
            Task = options.Task,
            Seed = options.Seed,
            Steps = steps,
            FinalSuccess = successes / (double)starts,
            FinalInterval = WilsonInterval.Of(successes, starts),
            FinalStarts = starts,
            ImitationSuccess = imitation,
            StepsTo85 = _curve.Find(point => point.Success >= Bar)?.Steps,
            Curve = _curve,
            CpuSeconds = _clock.CpuSeconds,
            WallSeconds = _clock.WallSeconds,
            Policy = null,
            Preset = options.Preset,
            Demonstrations = options.Demonstrations,
            Episodes = episodes,
            CriticUpdates = _learner.Agent.CriticUpdateCount,
            ConfigSha256 = _folder.ConfigSha256,
            Health = health,
            Run = _folder.Path,
        };
    }
}
