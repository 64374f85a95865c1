using HilRig.Core.Episodes;

namespace HilRig.Harness.Policies.RealTime;

/// <summary>The rules of a <see cref="SelectionSafety"/> in numbers, for one policy.</summary>
internal sealed class SelectionGuard
{
    private readonly float _cap;
    private readonly bool[] _isLocked;
    private readonly float _spreadMax;
    private readonly float _valueMin;
    private readonly float _valueMax;

    /// <summary>Takes the rules.</summary>
    /// <param name="cap">Largest distance from the imitation.</param>
    /// <param name="isLocked">Whether the imitation commands it. Shape [action].</param>
    /// <param name="spreadMax">Largest spread of the critics.</param>
    /// <param name="valueMin">Smallest value believed.</param>
    /// <param name="valueMax">Largest value believed.</param>
    internal SelectionGuard(
        double cap, bool[] isLocked, double spreadMax, double valueMin, double valueMax)
    {
        _cap = (float)cap;
        _isLocked = isLocked;
        _spreadMax = (float)spreadMax;
        _valueMin = (float)valueMin;
        _valueMax = (float)valueMax;
    }

    /// <summary>Why the critics are not to be believed; none where they are.</summary>
    /// <param name="reinforcementValue">Of the actor's proposal.</param>
    /// <param name="imitationValue">Of the imitation's.</param>
    /// <param name="spread">Of the critics.</param>
    internal StepFlags Doubt(float reinforcementValue, float imitationValue, float spread)
    {
        StepFlags flags = StepFlags.None;
        if (!(spread <= _spreadMax))
        {
            flags |= StepFlags.CriticsDisagreed;
        }

        if (!IsBelieved(reinforcementValue) || !IsBelieved(imitationValue))
        {
            flags |= StepFlags.ValueOutOfRange;
        }

        return flags;
    }

    /// <summary>Keeps the actor's action near the imitation's.</summary>
    /// <param name="imitation">The imitation's. Shape [action].</param>
    /// <param name="action">The actor's, which is changed. Shape [action].</param>
    internal StepFlags Bound(ReadOnlySpan<float> imitation, Span<float> action)
    {
        StepFlags flags = StepFlags.None;
        for (int i = 0; i < action.Length; i++)
        {
            float wanted = action[i];
            if (_isLocked[i])
            {
                action[i] = imitation[i];
                flags |= wanted == imitation[i] ? StepFlags.None : StepFlags.Locked;
            }
            else
            {
                action[i] = Math.Clamp(wanted, imitation[i] - _cap, imitation[i] + _cap);
                flags |= wanted == action[i] ? StepFlags.None : StepFlags.Capped;
            }
        }

        return flags;
    }

    private bool IsBelieved(float value) => value >= _valueMin && value <= _valueMax;
}
