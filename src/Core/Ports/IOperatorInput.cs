namespace HilRig.Core.Ports;

/// <summary>
/// Where the words of the person at the rig come from: a terminal, a pedal, a simulated operator.
/// </summary>
public interface IOperatorInput
{
    /// <summary>Who it is; stands in every episode of the session.</summary>
    string Name { get; }

    /// <summary>Takes the oldest word that was not taken. Never blocks, never throws.</summary>
    /// <param name="entry">What was said.</param>
    /// <returns>False when nothing was said.</returns>
    bool TryTake(out OperatorEntry entry);
}
