using System.Text.Json;

namespace HilRig.Sim.Tests.Parity;

/// <summary>What MuJoCo says about one model; written by Fixtures/generate.mjs.</summary>
internal sealed class ParityFixture
{
    private readonly Dictionary<string, double[]> _constants = [];

    public ParityFixture(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        JsonElement root = document.RootElement;
        int Number(string name) => root.GetProperty(name).GetInt32();
        FixtureStream Stream(string name) =>
            new(FixtureStream.Decode(root.GetProperty(name)));
        Name = Path.GetFileNameWithoutExtension(path);
        ModelFile = root.GetProperty("model").GetString()!;
        PositionCount = Number("positions");
        DofCount = Number("dofs");
        ActivationCount = Number("activations");
        ActuatorCount = Number("actuators");
        BodyCount = Number("bodies");
        SensorCount = Number("sensors");
        TimeStep = root.GetProperty("timeStep").GetDouble();
        GeomKinds = [.. root.GetProperty("geomKinds").EnumerateArray().Select(k => k.GetString()!)];
        FreeEvery = Number("freeEvery");
        foreach (JsonProperty constant in root.GetProperty("constants").EnumerateObject())
        {
            _constants[constant.Name] = FixtureStream.Decode(constant.Value);
        }

        States = ReadStates(Stream("state"));
        Rollout = ReadRollout(Stream("rollout"));
        FreeRun = ReadRollout(Stream("free"));
        Derivatives = ReadDerivatives(Stream("transition"));
        DropSteps = Number("seedSteps");
        Drops = ReadDrops(Stream("drops"));
    }

    public string Name { get; }

    public string ModelFile { get; }

    public int PositionCount { get; }

    public int DofCount { get; }

    public int ActivationCount { get; }

    public int ActuatorCount { get; }

    public int BodyCount { get; }

    public int SensorCount { get; }

    /// <summary>Kind of every geom, such as "plane".</summary>
    public IReadOnlyList<string> GeomKinds { get; }

    public double TimeStep { get; }

    /// <summary>Random states.</summary>
    public IReadOnlyList<ParityState> States { get; }

    /// <summary>
    /// States of consecutive steps; the control of each acts in the step after it.
    /// </summary>
    public IReadOnlyList<SimState> Rollout { get; }

    /// <summary>
    /// States of every <see cref="FreeEvery"/> steps of 1 ms with contact off.
    /// </summary>
    public IReadOnlyList<SimState> FreeRun { get; }

    public int FreeEvery { get; }

    /// <summary>Drops of <see cref="DropSteps"/> steps; of few models.</summary>
    public IReadOnlyList<ParityDrop> Drops { get; }

    public int DropSteps { get; }

    public IReadOnlyList<ParityDerivative> Derivatives { get; }

    /// <summary>Whether any of the random states has a contact.</summary>
    public bool HasContact => States.Any(state => state.Contacts.Length > 0);

    public int StateCount => States.Count;

    public ParityState State(int index) => States[index];

    public double[] Constant(string name) => _constants[name];

    /// <summary>Whether all contacts of a state are between such kinds of geoms.</summary>
    public bool IsWithin(ParityState state, HashSet<(string, string)> pairs) =>
        state.Contacts.All(contact => pairs.Contains(
            (GeomKinds[contact.FirstGeom], GeomKinds[contact.SecondGeom])));

    /// <summary>Reads a state; without a control, that follows in the stream.</summary>
    public SimState ReadState(FixtureStream stream, double[]? control) => new(
        stream.Take(PositionCount),
        stream.Take(DofCount),
        stream.Take(ActivationCount),
        control ?? stream.Take(ActuatorCount));

    private List<ParityState> ReadStates(FixtureStream stream)
    {
        var states = new List<ParityState>();
        while (!stream.AtEnd)
        {
            _ = stream.One();
            SimState start = ReadState(stream, null);
            states.Add(ParityState.Read(stream, this, start, withSensors: true));
        }

        return states;
    }

    // In the file the control of a step stands before the state at its end.
    private List<SimState> ReadRollout(FixtureStream stream)
    {
        var states = new List<SimState> { ReadState(stream, []) };
        while (!stream.AtEnd)
        {
            double[] control = stream.Take(ActuatorCount);
            states[^1] = states[^1] with { Control = control };
            states.Add(ReadState(stream, []));
        }

        return states;
    }

    private List<ParityDerivative> ReadDerivatives(FixtureStream stream)
    {
        int size = (2 * DofCount) + ActivationCount;
        var derivatives = new List<ParityDerivative>();
        while (!stream.AtEnd)
        {
            derivatives.Add(new ParityDerivative(
                ReadState(stream, null),
                stream.Take(size * size),
                stream.Take(size * ActuatorCount)));
        }

        return derivatives;
    }

    private List<ParityDrop> ReadDrops(FixtureStream stream)
    {
        var drops = new List<ParityDrop>();
        while (!stream.AtEnd)
        {
            drops.Add(new ParityDrop(
                ReadState(stream, null), stream.One(), stream.One(), stream.One(), stream.One()));
        }

        return drops;
    }
}
