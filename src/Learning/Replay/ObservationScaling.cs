using HilRig.Tasks;

namespace HilRig.Learning.Replay;

/// <summary>
/// Turns observations into what networks see: (value − offset) / scale of each channel, the last
/// states stacked newest first, zeros before the episode began.
/// </summary>
internal sealed class ObservationScaling
{
    private readonly float[] _offsets;
    private readonly float[] _inverseScales;

    /// <summary>Takes the numbers of a task's channels.</summary>
    /// <param name="task">The task.</param>
    /// <param name="historyCount">States stacked, 1 or more.</param>
    public ObservationScaling(TaskDescription task, int historyCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(historyCount, 1);
        _offsets = [.. task.Observation.Select(channel => (float)channel.Offset)];
        _inverseScales = [.. task.Observation.Select(channel => (float)(1 / channel.Scale))];
        HistoryCount = historyCount;
    }

    /// <summary>States stacked.</summary>
    public int HistoryCount { get; }

    /// <summary>Numbers of an observation.</summary>
    public int ObservationCount => _offsets.Length;

    /// <summary>Numbers that a network takes.</summary>
    public int InputCount => ObservationCount * HistoryCount;

    /// <summary>Normalises observations.</summary>
    /// <param name="raw">Raw. Shape [any, observation].</param>
    /// <param name="normalised">Receives them. Same shape.</param>
    public void Normalise(ReadOnlySpan<float> raw, Span<float> normalised)
    {
        int channel = 0;
        for (int i = 0; i < raw.Length; i++)
        {
            normalised[i] = (raw[i] - _offsets[channel]) * _inverseScales[channel];
            channel = channel + 1 == _offsets.Length ? 0 : channel + 1;
        }
    }

    /// <summary>Stacks the state at a step and those before it.</summary>
    /// <param name="normalised">States of an episode. Shape [step + 1, observation].</param>
    /// <param name="step">Which is the newest.</param>
    /// <param name="input">Receives them, newest first. Shape [history · observation].</param>
    public void Stack(ReadOnlySpan<float> normalised, int step, Span<float> input)
    {
        for (int age = 0; age < HistoryCount; age++)
        {
            Span<float> slot = input.Slice(age * ObservationCount, ObservationCount);
            if (age > step)
            {
                slot.Clear();
            }
            else
            {
                normalised.Slice((step - age) * ObservationCount, ObservationCount).CopyTo(slot);
            }
        }
    }
}
