using HilRig.Core.Episodes;
using HilRig.Core.Sampling;
using HilRig.Tasks;

namespace HilRig.Learning.Onnx;

/// <summary>States over which a graph is compared with its networks.</summary>
internal static class ParityStates
{
    private const ulong Seed = 2026;
    private const double ReachInScales = 2;

    /// <summary>
    /// Half from episodes, evenly over them, where there are any; the rest uniform over twice each
    /// channel's range.
    /// </summary>
    /// <param name="task">The task.</param>
    /// <param name="history">Observations stacked, newest first.</param>
    /// <param name="episodes">Episodes of the task; may be none.</param>
    /// <returns>Raw. Shape [<see cref="ParityGate.StateCount"/>, observation · history].</returns>
    public static float[] Draw(
        TaskDescription task, int history, IReadOnlyList<Episode> episodes)
    {
        int channels = task.Observation.Count;
        float[] states = new float[ParityGate.StateCount * channels * history];
        int fromEpisodes = episodes.Count == 0 ? 0 : ParityGate.StateCount / 2;
        var random = new CounterRandom(Seed, 0);
        for (int i = 0; i < states.Length; i++)
        {
            TaskChannel channel = task.Observation[i % channels];
            double reach = ReachInScales * channel.Scale * random.Symmetric((ulong)i);
            states[i] = (float)(channel.Offset + reach);
        }

        long stepCount = episodes.Sum(episode => (long)episode.StepCount);
        for (int state = 0; state < fromEpisodes; state++)
        {
            long place = state * stepCount / fromEpisodes;
            int index = 0;
            while (place >= episodes[index].StepCount)
            {
                place -= episodes[index++].StepCount;
            }

            int width = channels * history;
            Stack(task, episodes[index], (int)place, states.AsSpan(state * width, width));
        }

        return states;
    }

    private static void Stack(TaskDescription task, Episode episode, int step, Span<float> state)
    {
        int channels = task.Observation.Count;
        for (int age = 0; age * channels < state.Length; age++)
        {
            Span<float> slot = state.Slice(age * channels, channels);
            if (age <= step)
            {
                episode.Observation(step - age).CopyTo(slot);
                continue;
            }

            for (int i = 0; i < channels; i++)
            {
                slot[i] = (float)task.Observation[i].Offset;
            }
        }
    }
}
