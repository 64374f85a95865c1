using HilRig.Core.Units;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Stimuli;

/// <summary>
/// The map of one stimulus in a scenario. It takes positions in angles or lengths and remembers
/// which, because the joint's kind is known only when the rig is.
/// </summary>
public sealed class StimulusSource
{
    private readonly YamlMap _map;

    internal StimulusSource(YamlMap map)
    {
        _map = map;
    }

    /// <summary>Angle or length, as the positions were written; null when there was none.</summary>
    public Dimension? PositionDimension { get; private set; }

    /// <summary>The map, for keys of other sorts.</summary>
    public YamlMap Map => _map;

    /// <summary>A position or amplitude that must be there, rad or m.</summary>
    /// <param name="key">Key.</param>
    public double Position(string key)
    {
        YamlField field = _map.Required(key);
        Quantity quantity = field.Quantity(Dimension.Angle, Dimension.Length);
        Note(field, quantity.Dimension);
        return quantity.Value;
    }

    /// <summary>A speed that may be absent, rad/s or m/s.</summary>
    /// <param name="key">Key.</param>
    public double? OptionalSpeed(string key)
    {
        YamlField? field = _map.Optional(key);
        if (field is null)
        {
            return null;
        }

        Quantity quantity = field.Quantity(Dimension.AngularVelocity, Dimension.Velocity);
        if (quantity.Value <= 0)
        {
            field.Refuse("A speed must be positive");
        }

        Note(field, quantity.Dimension == Dimension.AngularVelocity
            ? Dimension.Angle
            : Dimension.Length);
        return quantity.Value;
    }

    /// <summary>A positive time that must be there, s.</summary>
    /// <param name="key">Key.</param>
    public double Time(string key) =>
        _map.Required(key).Quantity(Dimension.Time, 1e-6, double.PositiveInfinity);

    /// <summary>A positive frequency that must be there, Hz.</summary>
    /// <param name="key">Key.</param>
    public double Frequency(string key) =>
        _map.Required(key).Quantity(Dimension.Frequency, 1e-6, double.PositiveInfinity);

    private void Note(YamlField field, Dimension dimension)
    {
        if (PositionDimension is { } earlier && earlier != dimension)
        {
            field.Refuse(
                "One stimulus mixes angles and lengths", QuantityText.Describe([earlier]));
        }

        PositionDimension = dimension;
    }
}
