using System.Runtime.InteropServices;
using System.Text.Json;

namespace HilRig.Sim.Tests.Parity;

/// <summary>What MuJoCo says about one model; written by Fixtures/generate.mjs.</summary>
internal sealed class ParityFixture
{
    private readonly Dictionary<string, double[]> _constants = [];
    private readonly double[] _states;
    private readonly double[] _rollout;

    public ParityFixture(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement root = document.RootElement;
        Made = root.GetProperty("made").GetString()!;
        ModelFile = root.GetProperty("model").GetString()!;
        DofCount = root.GetProperty("dofs").GetInt32();
        ActuatorCount = root.GetProperty("actuators").GetInt32();
        TimeStep = root.GetProperty("timeStep").GetDouble();
        foreach (JsonProperty constant in root.GetProperty("constants").EnumerateObject())
        {
            _constants[constant.Name] = Decode(constant.Value);
        }

        _states = Decode(root.GetProperty("states"));
        _rollout = Decode(root.GetProperty("rollout"));
    }

    public string Made { get; }

    public string ModelFile { get; }

    public int DofCount { get; }

    public int ActuatorCount { get; }

    public double TimeStep { get; }

    public int StateCount => _states.Length / StateSize;

    public int StepCount => (_rollout.Length - (2 * DofCount)) / RolloutSize;

    private int StateSize => (6 * DofCount) + ActuatorCount + 1 + (DofCount * DofCount);

    private int RolloutSize => (2 * DofCount) + ActuatorCount;

    public double[] Constant(string name) => _constants[name];

    public ParityState State(int index)
    {
        var reader = new Reader(_states.AsSpan(index * StateSize, StateSize));
        int n = DofCount;
        return new ParityState
        {
            Position = reader.Take(n),
            Velocity = reader.Take(n),
            Control = reader.Take(ActuatorCount),
            ActiveRowCount = (int)reader.Take(1)[0],
            MassMatrix = reader.Take(n * n),
            Bias = reader.Take(n),
            Acceleration = reader.Take(n),
            NextPosition = reader.Take(n),
            NextVelocity = reader.Take(n),
        };
    }

    /// <summary>State at the start of a step, its control, and the state after it.</summary>
    public (double[] Position, double[] Velocity, double[] Control, double[] NextPosition,
        double[] NextVelocity) Step(int index)
    {
        int n = DofCount;
        int first = index == 0 ? 0 : (2 * n) + ((index - 1) * RolloutSize) + ActuatorCount;
        int step = (2 * n) + (index * RolloutSize);
        return (
            _rollout[first..(first + n)],
            _rollout[(first + n)..(first + (2 * n))],
            _rollout[step..(step + ActuatorCount)],
            _rollout[(step + ActuatorCount)..(step + ActuatorCount + n)],
            _rollout[(step + ActuatorCount + n)..(step + RolloutSize)]);
    }

    private static double[] Decode(JsonElement text) =>
        MemoryMarshal.Cast<byte, double>(text.GetBytesFromBase64()).ToArray();

    private ref struct Reader(ReadOnlySpan<double> rest)
    {
        private ReadOnlySpan<double> _rest = rest;

        public double[] Take(int count)
        {
            double[] taken = _rest[..count].ToArray();
            _rest = _rest[count..];
            return taken;
        }
    }
}
