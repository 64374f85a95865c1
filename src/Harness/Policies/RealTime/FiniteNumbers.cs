namespace HilRig.Harness.Policies.RealTime;

/// <summary>Whether numbers are numbers.</summary>
internal static class FiniteNumbers
{
    /// <summary>True where none is NaN or infinite.</summary>
    /// <param name="values">The numbers.</param>
    internal static bool All(ReadOnlySpan<float> values)
    {
        foreach (float value in values)
        {
            if (!float.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }
}
