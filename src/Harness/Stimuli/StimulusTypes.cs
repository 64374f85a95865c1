using HilRig.Core.Units;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Stimuli;

/// <summary>
/// What <c>type:</c> of a stimulus may be. Your own: one class, one <see cref="Register"/>.
/// </summary>
public sealed class StimulusTypes
{
    private readonly SortedDictionary<string, Func<StimulusSource, IStimulus>> _types =
        new(StringComparer.Ordinal);

    /// <summary>The shipped types: chirp, hold, ramp, sine, step.</summary>
    public static StimulusTypes CreateDefault()
    {
        var types = new StimulusTypes();
        types.Register("step", source => new StepStimulus(
            source.Position("to"), source.OptionalSpeed("speed")));
        types.Register("ramp", source => new RampStimulus(
            source.Position("to"), source.Time("time")));
        types.Register("hold", source => new HoldStimulus(source.Time("time")));
        types.Register("sine", ReadSine);
        types.Register("chirp", source => new ChirpStimulus(
            source.Position("amplitude"),
            source.Frequency("from"),
            source.Frequency("to"),
            source.Time("time")));
        return types;
    }

    /// <summary>Adds a type, or replaces the one of that name.</summary>
    /// <param name="name">What <c>type:</c> says.</param>
    /// <param name="read">Makes the stimulus from its map.</param>
    public void Register(string name, Func<StimulusSource, IStimulus> read) => _types[name] = read;

    /// <summary>Reads one stimulus; a fault and a hold when its type is unknown.</summary>
    internal IStimulus Read(YamlMap map, out Dimension? positionDimension)
    {
        var source = new StimulusSource(map);
        int before = map.Document.Faults.All.Count;
        string type = map.Required("type").Choice([.. _types.Keys]);
        if (map.Document.Faults.All.Count > before)
        {
            map.IgnoreRest();
            positionDimension = null;
            return new HoldStimulus(0);
        }

        IStimulus stimulus = _types[type](source);
        positionDimension = source.PositionDimension;
        return stimulus;
    }

    private static SineStimulus ReadSine(StimulusSource source)
    {
        double amplitude = source.Position("amplitude");
        double frequency = source.Frequency("frequency");
        YamlField? cycles = source.Map.Optional("cycles");
        YamlField? time = source.Map.Optional("time");
        if (cycles is null == time is null)
        {
            source.Map.Document.Faults.Add(new YamlFault(
                source.Map.Where, "A sine needs 'cycles' or 'time', and not both"));
        }

        double seconds = cycles is null
            ? time?.Quantity(Dimension.Time, 1e-6, double.PositiveInfinity) ?? 0
            : cycles.Integer(1) / frequency;
        return new SineStimulus(amplitude, frequency, seconds);
    }
}
