using System.Diagnostics;
using HilRig.Cli.Bench;
using HilRig.Core.Sampling;
using HilRig.Core.Time;
using HilRig.Sim;
using HilRig.Sim.Batch;
using HilRig.Sim.Gradients;
using HilRig.Sim.Models;

namespace HilRig.Cli.Sim.Bench;

/// <summary>
/// Steps a batch under random actions, a new one every ten steps and back at the start every 500,
/// and counts steps per second of processor time; native MuJoCo does the same turn about. Actions
/// are drawn before; writing them is part of the time.
/// </summary>
internal sealed class SimBenchRun : IDisposable
{
    /// <summary>Steps under one action.</summary>
    internal const int StepsPerAction = 10;

    /// <summary>Actions from one start to the next.</summary>
    internal const int ActionsPerEpisode = 50;

    private const int TurnCount = 5;
    private const int ActionBlocks = 8;
    private const int LookedAt = 32;
    private readonly SimBenchSettings _settings;
    private readonly BatchSimulation _batch;
    private readonly float[][] _actions;
    private readonly double[] _clocks;
    private readonly Action<int> _readClock;
    private readonly double _firstStepSeconds;
    private long _calls;

    private SimBenchRun(SimBenchSettings settings)
    {
        _settings = settings;
        long begin = Stopwatch.GetTimestamp();
        Model model = SimOptions.Load(settings.ModelPath, settings.Skip);
        _batch = new BatchSimulation(model, settings.Envs, settings.Batch);
        _batch.Step();
        _firstStepSeconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        _clocks = new double[_batch.ThreadCount];
        _readClock = thread => _clocks[thread] = ThreadCpuClock.Seconds();
        _actions = [.. Enumerable.Range(0, ActionBlocks).Select(Actions)];
    }

    /// <summary>Measures.</summary>
    public static SimBenchResult Measure(SimBenchSettings settings)
    {
        using MujocoPeer? peer = settings.WithPeer
            ? new MujocoPeer(settings.PeerModelPath, settings.Batch.Keyframe)
            : null;
        using var run = new SimBenchRun(settings);
        using TangentBench? tangents = settings.WithTangents
            ? new TangentBench(
                run._batch.Model, settings.Batch.Compilation == StepCompilation.Always)
            : null;
        return run.Measure(peer, tangents);
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _batch.Dispose();

    // Of the step as it is done.
    private double Flops()
    {
        long? compiled = _settings.Batch.Compilation == StepCompilation.Always
            ? FlopCount.Compiled(_batch.Model)
            : null;
        return compiled ?? FlopCount.Of(_batch.Model).Total.Flops;
    }

    private SimBenchResult Measure(MujocoPeer? peer, TangentBench? tangents)
    {
        double turn = _settings.Seconds / TurnCount;
        _ = Turn(Math.Min(0.3, turn));
        _ = peer?.Run(Math.Min(0.3, turn));
        _ = tangents?.Run(Math.Min(0.3, turn), _actions);
        var ours = new List<double>();
        var wall = new List<double>();
        var theirs = new List<(double Rate, double Contacts)>();
        var dual = new List<double>();
        double contacts = 0;
        for (int i = 0; i < TurnCount; i++)
        {
            (double rate, double wallRate) = Turn(turn);
            ours.Add(rate);
            wall.Add(wallRate);
            contacts += Contacts() / TurnCount;
            if (peer is not null)
            {
                theirs.Add(peer.Run(turn));
            }

            if (tangents is not null)
            {
                dual.Add(tangents.Run(turn, _actions));
            }
        }

        double steps = BenchFigure.Median(ours)!.Value;
        double flops = Flops();
        double peak = FmaPeak.Measure();
        int numbers = _batch.Width(BatchField.Position) + (2 * _batch.Width(BatchField.Velocity))
            + _batch.Width(BatchField.Activation) + _batch.Width(BatchField.Control)
            + _batch.Width(BatchField.AppliedForce);
        int width = _batch.BackendName == "double" ? sizeof(double) : sizeof(float);
        return new SimBenchResult(
            steps,
            _batch.EnvCount,
            _batch.ThreadCount,
            _batch.BackendName,
            _batch.Model.Name,
            contacts,
            ours,
            BenchFigure.Median(wall)!.Value,
            (double)_batch.ResidentBytes / _batch.EnvCount,
            numbers * width,
            _batch.WorkspaceBytes,
            _batch.Counters.Unconverged,
            _batch.Counters.ContactOverflow,
            _batch.Counters.NotFinite,
            flops,
            peak,
            steps * flops / peak,
            _firstStepSeconds,
            ThreadCpuClock.IsCpuTime,
            peer is null ? null : Beside(ours, theirs),
            tangents is null ? null : TangentBench.Result(dual, [.. theirs.Select(t => t.Rate)]));
    }

    private static SimBenchPeer Beside(
        List<double> ours, List<(double Rate, double Contacts)> theirs) => new(
            "native MuJoCo",
            BenchFigure.Median(theirs.Select(turn => turn.Rate))!.Value,
            theirs.Average(turn => turn.Contacts),
            [.. theirs.Select(turn => turn.Rate)],
            BenchFigure.Median(ours.Zip(theirs, (our, their) => our / their.Rate))!.Value);

    // Until the caller's thread has used its time: the others do the same work.
    private (double PerCpuSecond, double PerWallSecond) Turn(double seconds)
    {
        _batch.OnEachThread(_readClock);
        double cpuBefore = _clocks.Sum();
        long wallBefore = Stopwatch.GetTimestamp();
        double end = ThreadCpuClock.Seconds() + seconds;
        long before = _calls;
        while (ThreadCpuClock.Seconds() < end)
        {
            if (_calls % ActionsPerEpisode == 0)
            {
                _batch.Reset();
            }

            _batch.Write(BatchField.Control, _actions[_calls % ActionBlocks]);
            _batch.Step(StepsPerAction);
            _calls++;
        }

        _batch.OnEachThread(_readClock);
        double steps = (double)(_calls - before) * StepsPerAction * _batch.EnvCount;
        return (
            steps / (_clocks.Sum() - cpuBefore),
            steps / Stopwatch.GetElapsedTime(wallBefore).TotalSeconds);
    }

    private float[] Actions(int block)
    {
        Model model = _batch.Model;
        int width = model.Actuators.Count;
        float[] actions = new float[_batch.EnvCount * width];
        var random = new CounterRandom(1, (ulong)block);
        for (int i = 0; i < actions.Length; i++)
        {
            ModelActuator actuator = model.Actuators[i % width];
            bool limited = double.IsFinite(actuator.ControlMin)
                && double.IsFinite(actuator.ControlMax);
            double low = limited ? actuator.ControlMin : -1;
            double high = limited ? actuator.ControlMax : 1;
            actions[i] = (float)(low + ((high - low) * random.Unit((ulong)i)));
        }

        return actions;
    }

    // The reference simulation looks at the states the batch has arrived at.
    private double Contacts()
    {
        var simulation = new Simulation(_batch.Model);
        int count = Math.Min(LookedAt, _batch.EnvCount);
        double contacts = 0;
        for (int env = 0; env < count; env++)
        {
            _batch.Read(BatchField.Position, env, simulation.Position);
            simulation.Forward();
            contacts += simulation.ContactCount;
        }

        return contacts / count;
    }
}
