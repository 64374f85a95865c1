using HilRig.Core.Episodes;
using HilRig.Learning.Agents;
using HilRig.Learning.Environments;
using HilRig.Tasks;

namespace HilRig.Learning.Training;

/// <summary>Plays episodes of a task in simulation, step by step.</summary>
internal sealed class EpisodePlayer
{
    private readonly TaskSimulation _simulation;
    private readonly Learner _learner;
    private readonly EpisodeBuilder _builder = new();
    private readonly ActResult _result;
    private readonly float[] _states;
    private readonly float[] _input;
    private readonly ulong _startSeed;

    /// <summary>Sets up.</summary>
    /// <param name="task">The task.</param>
    /// <param name="learner">Who acts.</param>
    /// <param name="startSeed">Seed of the starts.</param>
    public EpisodePlayer(IRobotTask task, Learner learner, ulong startSeed)
    {
        _simulation = new TaskSimulation(task);
        _learner = learner;
        _startSeed = startSeed;
        _result = new ActResult(1, task.Description.Action.Count);
        _states = new float[
            (task.Description.EpisodeSteps + 1) * task.Description.Observation.Count];
        _input = new float[learner.Scaling.InputCount];
    }

    /// <summary>Plays an episode.</summary>
    /// <param name="purpose">What it is made for.</param>
    /// <param name="mode">Who acts.</param>
    /// <param name="index">Index of its start, and of its chance.</param>
    /// <param name="onStep">Told of each step; says whether to go on.</param>
    /// <returns>The episode; null when it was broken off.</returns>
    public Episode? Play(EpisodePurpose purpose, ActMode mode, long index, Func<bool> onStep)
    {
        _learner.Agent.BeginEpisode(index);
        _simulation.Reset(_startSeed, index);
        _builder.Begin(_simulation.Observation);
        See(0);
        while (true)
        {
            _learner.Agent.Act(_input, mode, _result);
            TaskStep step = _simulation.Step(_result.Actions);
            _builder.Add(
                _result.Actions,
                _result.Proposers[0],
                (_result.ReinforcementValues[0], _result.ImitationValues[0]),
                StepFlags.None,
                _simulation.Observation);
            See(_builder.StepCount);
            bool goesOn = onStep();
            if (step.IsOver)
            {
                return _builder.Build(
                    _simulation.Task.Description.Name,
                    purpose,
                    (_startSeed, index),
                    step.End,
                    step.Verdict);
            }

            if (!goesOn)
            {
                return null;
            }
        }
    }

    private void See(int step)
    {
        int width = _learner.Scaling.ObservationCount;
        _learner.Scaling.Normalise(
            _simulation.Observation, _states.AsSpan(step * width, width));
        _learner.Scaling.Stack(_states, step, _input);
    }
}
