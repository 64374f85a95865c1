using HilRig.Learning.Agents;
using HilRig.Learning.Environments;
using HilRig.Learning.Replay;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>
/// Scores a policy over starts that are the same for every algorithm and seed. Draws no chance of
/// the agent, so that a run learns the same whether or not it is scored.
/// </summary>
internal sealed class Evaluation
{
    /// <summary>Seed of the start lists: of no training run.</summary>
    public const ulong StartSeed = 0x4556_414C_5354_4152;

    /// <summary>First start of the final score; those of the curve begin at 0.</summary>
    public const long FinalFirst = 1 << 20;

    private readonly IRobotTask _task;
    private readonly ObservationScaling _scaling;
    private readonly int _starts;
    private readonly long _first;

    /// <summary>Sets up a score.</summary>
    /// <param name="task">The task.</param>
    /// <param name="scaling">How networks see observations.</param>
    /// <param name="starts">Number of starts.</param>
    /// <param name="first">Index of the first.</param>
    public Evaluation(IRobotTask task, ObservationScaling scaling, int starts, long first)
    {
        _task = task;
        _scaling = scaling;
        _starts = starts;
        _first = first;
    }

    /// <summary>Plays an episode from each start.</summary>
    /// <param name="agent">Who acts.</param>
    /// <param name="mode">How; without chance.</param>
    /// <returns>Successes, and the mean of their steps.</returns>
    public (int Successes, double? MeanSteps) Run(Agent agent, ActMode mode)
    {
        using var batch = new TaskBatch(_task, _starts);
        batch.Reset(StartSeed, _first);
        var inputs = new float[_starts * _scaling.InputCount];
        var result = new ActResult(_starts, _task.Description.Action.Count);
        Push(batch.Observations, inputs);
        while (!batch.IsOver)
        {
            agent.Act(inputs, mode, result);
            batch.Step(result.Actions);
            Push(batch.Observations, inputs);
        }

        long steps = 0;
        for (int env = 0; env < _starts; env++)
        {
            steps += batch.Steps[env].Outcome == TaskOutcome.Success ? batch.StepCounts[env] : 0;
        }

        int successes = batch.SuccessCount;
        return (successes, successes == 0 ? null : steps / (double)successes);
    }

    // Newest first: what was seen moves back by one observation.
    private void Push(ReadOnlySpan<float> observations, float[] inputs)
    {
        int width = _scaling.ObservationCount;
        int total = _scaling.InputCount;
        for (int env = 0; env < _starts; env++)
        {
            Span<float> row = inputs.AsSpan(env * total, total);
            row[..^width].CopyTo(row[width..]);
            _scaling.Normalise(observations.Slice(env * width, width), row[..width]);
        }
    }
}
