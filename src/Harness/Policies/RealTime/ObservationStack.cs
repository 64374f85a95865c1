namespace HilRig.Harness.Policies.RealTime;

/// <summary>The last observations of an episode, newest first.</summary>
internal sealed class ObservationStack
{
    private readonly float[] _offsets;

    /// <summary>Makes one.</summary>
    /// <param name="offsets">
    /// What a channel reads before the episode began: its offset, 0 to the networks.
    /// </param>
    internal ObservationStack(float[] offsets) => _offsets = offsets;

    /// <summary>Forgets.</summary>
    /// <param name="input">Input of the graph. Shape [history · observation].</param>
    internal void Begin(Span<float> input)
    {
        for (int i = 0; i < input.Length; i += _offsets.Length)
        {
            _offsets.CopyTo(input[i..]);
        }
    }

    /// <summary>Puts an observation first.</summary>
    /// <param name="observation">Raw. Shape [observation].</param>
    /// <param name="input">Input of the graph. Shape [history · observation].</param>
    /// <returns>False where it is not finite or not as long as an observation is.</returns>
    internal bool Push(ReadOnlySpan<float> observation, Span<float> input)
    {
        if (observation.Length != _offsets.Length)
        {
            return false;
        }

        input[..^observation.Length].CopyTo(input[observation.Length..]);
        observation.CopyTo(input);
        return FiniteNumbers.All(observation);
    }
}
