using HilRig.Core.Episodes;

namespace HilRig.Harness.Episodes.RealTime;

/// <summary>One step of an episode, on its way to the conductor. Preallocated.</summary>
internal sealed class StepRecord
{
    /// <summary>Makes an empty record.</summary>
    /// <param name="observationCount">Numbers of an observation.</param>
    /// <param name="actionCount">Numbers of an action.</param>
    /// <param name="dofCount">Joints of the plant.</param>
    internal StepRecord(int observationCount, int actionCount, int dofCount)
    {
        Observation = new float[observationCount];
        Action = new float[actionCount];
        Goal = new double[dofCount];
    }

    /// <summary>What it holds.</summary>
    internal StepKind Kind { get; set; }

    /// <summary>Number of the episode's order.</summary>
    internal long Number { get; set; }

    /// <summary>Index of the step, from 0; of an end the number of steps.</summary>
    internal int StepIndex { get; set; }

    /// <summary>Raw observation before the action. Shape [observation].</summary>
    internal float[] Observation { get; }

    /// <summary>Whether <see cref="Observation"/> is one; of a broken episode only.</summary>
    internal bool IsObserved { get; set; }

    /// <summary>Executed action. Shape [action].</summary>
    internal float[] Action { get; }

    /// <summary>Goals before the action, after limits, rad or m: the way back. Shape [dof].
    /// </summary>
    internal double[] Goal { get; }

    /// <summary>Who proposed it, with what values and flags.</summary>
    internal PolicyAnswer Step { get; set; }

    /// <summary>How the episode ended; of an end only.</summary>
    internal EpisodeEnd End { get; set; }

    /// <summary>Why it broke; of a broken one only.</summary>
    internal EpisodeFault Fault { get; set; }

    /// <summary>When it was observed, CLOCK_MONOTONIC ns.</summary>
    internal long InstantNanoseconds { get; set; }

    /// <summary>Time the policy took, ns.</summary>
    internal long PolicyNanoseconds { get; set; }

    /// <summary>Copies every field.</summary>
    /// <param name="target">Receives them; of the same sizes.</param>
    internal void CopyTo(StepRecord target)
    {
        target.Kind = Kind;
        target.Number = Number;
        target.StepIndex = StepIndex;
        target.IsObserved = IsObserved;
        Observation.AsSpan().CopyTo(target.Observation);
        Action.AsSpan().CopyTo(target.Action);
        Goal.AsSpan().CopyTo(target.Goal);
        target.Step = Step;
        target.End = End;
        target.Fault = Fault;
        target.InstantNanoseconds = InstantNanoseconds;
        target.PolicyNanoseconds = PolicyNanoseconds;
    }
}
