namespace HilRig.Core.Joints;

/// <summary>Condition of a plant, as it travels with each state.</summary>
public enum PlantHealth
{
    /// <summary>Disarmed: it measures, and does not move.</summary>
    Disarmed,

    /// <summary>Armed: it acts on valid, fresh commands.</summary>
    Armed,

    /// <summary>Latched stop: it holds the safe posture until it is re-armed by hand.</summary>
    Stopped,

    /// <summary>A device is missing or reports an error; the stop is latched as well.</summary>
    Faulted,
}
