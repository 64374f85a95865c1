using HilRig.Sim.Accelerators;
using HilRig.Sim.Batch;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Scalars;
using HilRig.Sim.Tests.Parity;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Accelerators;

/// <summary>
/// A fixture's states on a device and in double precision on this thread. The states are rounded to
/// float first, so both begin at the same ones.
/// </summary>
/// <typeparam name="T">The device's number.</typeparam>
internal sealed class DeviceRun<T> : IDisposable
    where T : unmanaged, IReal<T>
{
    private readonly ParityFixture _fixture;
    private readonly Func<T, double> _value;
    private readonly Simulation _reference;
    private IReadOnlyList<SimState> _states = [];

    public DeviceRun(DeviceSession session, string name, int envCount, Func<T, double> value)
    {
        _value = value;
        _fixture = new ParityFixture(Path.Combine(TestFiles.FixtureData, name + ".json"));
        Model = MjcfLoader.Load(Path.Combine(TestFiles.FixtureModels, name + ".xml"));
        var packed = new PackedModel(Model);
        int[] slots = [.. Enumerable.Range(0, packed.At.WorkCount)];
        Batch = new DeviceBatch<T>(session, packed, slots, envCount);
        _reference = new Simulation(Model);
    }

    public Model Model { get; }

    public DeviceBatch<T> Batch { get; }

    /// <summary>
    /// Gives env i a state of the fixture, over again when there are fewer: random ones, or those
    /// that a rollout of MuJoCo passes through.
    /// </summary>
    public void Load(bool fromRollout = false)
    {
        _states = fromRollout ? _fixture.Rollout : [.. _fixture.States.Select(one => one.Start)];
        Put(Batch.At.Position, Model.PositionCount, env => State(env).Position);
        Put(Batch.At.Velocity, Model.DofCount, env => State(env).Velocity);
        Put(Batch.At.Activation, Model.ActivationCount, env => State(env).Activation);
        Put(Batch.At.Control, Model.Actuators.Count, env => State(env).Control);
        double[] noForce = new double[Model.DofCount];
        double[] on = [.. Model.Actuators.Select(_ => 1.0)];
        Put(Batch.At.Warmstart, Model.DofCount, _ => noForce);
        Put(Batch.At.Applied, Model.DofCount, _ => noForce);
        Put(Batch.At.Enabled, Model.Actuators.Count, _ => on);
        Put(Batch.At.Time, 1, _ => [0]);
    }

    /// <summary>Numbers of a field of the device. Shape [env, count].</summary>
    public T[] Read(int slot, int count)
    {
        T[] numbers = new T[count * Batch.EnvCount];
        Batch.Work.Read(slot, count, numbers);
        return numbers;
    }

    /// <summary>Steps an env in double precision from the state that Load gave it.</summary>
    public Simulation Reference(int env)
    {
        SimState state = State(env);
        _reference.Reset();
        Rounded(state.Position).CopyTo(_reference.Position);
        Rounded(state.Velocity).CopyTo(_reference.Velocity);
        Rounded(state.Activation).CopyTo(_reference.Activation);
        Rounded(state.Control).CopyTo(_reference.Control);
        _ = _reference.Step();
        return _reference;
    }

    /// <summary>
    /// Largest difference between a field on the device and the reference's, over the largest
    /// number of that field in its env, or over 1 when all are smaller.
    /// </summary>
    public double Error(int env, T[] found, ReadOnlySpan<double> expected)
    {
        double scale = 1;
        double error = 0;
        for (int k = 0; k < expected.Length; k++)
        {
            scale = Math.Max(scale, Math.Abs(expected[k]));
            double difference = Math.Abs(
                _value(found[(env * expected.Length) + k]) - expected[k]);

            // NaN is no small difference.
            error = difference <= error ? error : difference;
        }

        return error / scale;
    }

    public void Dispose() => Batch.Dispose();

    private static double[] Rounded(double[] values) =>
        Array.ConvertAll(values, value => (double)(float)value);

    private SimState State(int env) => _states[env * _states.Count / Batch.EnvCount];

    private void Put(int slot, int count, Func<int, double[]> row)
    {
        T[] numbers = [.. Enumerable.Range(0, Batch.EnvCount)
            .SelectMany(env => Rounded(row(env)).Select(T.Of))];
        Batch.Work.Write(slot, count, numbers);
    }
}
