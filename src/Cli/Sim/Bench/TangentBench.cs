using HilRig.Cli.Bench;
using HilRig.Sim.Gradients;
using HilRig.Sim.Models;

namespace HilRig.Cli.Sim.Bench;

/// <summary>
/// Steps a tile of envs whose velocities are differentiated along one direction each, under random
/// actions, a new one and a new direction every ten steps.
/// </summary>
/// <param name="model">The robot.</param>
internal sealed class TangentBench(Model model) : IDisposable
{
    private const int StepsPerAction = 10;
    private readonly TangentSimulation _simulation = new(model);
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
            Act(actions[_calls % actions.Length]);
            _simulation.Step(StepsPerAction);
            _calls++;
            now = ThreadCpuClock.Seconds();
        }

        double steps = (double)(_calls - before) * StepsPerAction * TangentSimulation.EnvCount;
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
                _simulation.SetControl(env, actuator, actions[index], 0);
            }

            for (int dof = 0; dof < model.DofCount; dof++)
            {
                double value = _simulation.Velocity(env, dof).Value;
                _simulation.SetVelocity(env, dof, value, dof == env % model.DofCount ? 1 : 0);
            }
        }
    }
}
