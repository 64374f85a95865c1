using HilRig.Cli.Bench;
using HilRig.Core.Time;
using HilRig.Sim.Gradients;
using HilRig.Sim.Models;

namespace HilRig.Cli.Sim.Bench;

/// <summary>
/// Steps a tile of envs, each differentiated by one of its controls, under the random actions of
/// the plain bench; back at the start as often.
/// </summary>
/// <param name="model">The robot.</param>
/// <param name="isCompiled">Whether the step is compiled for the model.</param>
internal sealed class TangentBench(Model model, bool isCompiled) : IDisposable
{
    private readonly TangentSimulation _simulation = new(model, isCompiled);
    private readonly StepInput _start = new(model);
    private long _calls;

    /// <summary>What the turns come to.</summary>
    /// <param name="ours">Steps per second of each turn.</param>
    /// <param name="theirs">Native MuJoCo's of each turn, or none.</param>
    public static SimBenchTangents Result(
        IReadOnlyList<double> ours, IReadOnlyList<double> theirs) => new(
            BenchFigure.Median(ours)!.Value,
            ours,
            BenchFigure.Median(ours.Zip(theirs, (our, their) => our / their)));

    /// <summary>Steps.</summary>
    /// <param name="seconds">Processor time, s.</param>
    /// <param name="actions">Blocks of actions. Shape [block][env, actuator].</param>
    /// <returns>Env-steps per second of processor time.</returns>
    public double Run(double seconds, float[][] actions)
    {
        double begin = ThreadCpuClock.Seconds();
        double now = begin;
        long before = _calls;
        while (now < begin + seconds)
        {
            if (_calls % SimBenchRun.ActionsPerEpisode == 0)
            {
                _simulation.Load(_start);
            }

            Act(actions[_calls % actions.Length]);
            _simulation.Step(SimBenchRun.StepsPerAction);
            _calls++;
            now = ThreadCpuClock.Seconds();
        }

        double steps = (double)(_calls - before)
            * SimBenchRun.StepsPerAction
            * TangentSimulation.EnvCount;
        return steps / (now - begin);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _simulation.Dispose();

    private void Act(float[] actions)
    {
        int width = model.Actuators.Count;
        for (int env = 0; env < TangentSimulation.EnvCount; env++)
        {
            for (int actuator = 0; actuator < width; actuator++)
            {
                int index = ((env * width) + actuator) % actions.Length;
                _simulation.SetControl(
                    env, actuator, actions[index], actuator == env % width ? 1 : 0);
            }
        }
    }
}
