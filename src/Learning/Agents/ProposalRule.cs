namespace HilRig.Learning.Agents;

/// <summary>Chooses between the actor's and the imitation's proposal (Hu et al. 2024, section
/// III).</summary>
internal static class ProposalRule
{
    /// <summary>Smallest value over critics. Shapes [critic, row] to [row].</summary>
    /// <param name="values">Values, critic by critic.</param>
    /// <param name="least">Receives the smallest of each row.</param>
    public static void Least(ReadOnlySpan<float> values, Span<float> least)
    {
        values[..least.Length].CopyTo(least);
        for (int at = least.Length; at < values.Length; at += least.Length)
        {
            for (int row = 0; row < least.Length; row++)
            {
                least[row] = MathF.Min(least[row], values[at + row]);
            }
        }
    }

    /// <summary>Whether the actor's proposal is taken: it is not worse.</summary>
    /// <param name="gap">Value of the actor's less the imitation's.</param>
    /// <param name="margin">By how much it must be better.</param>
    public static bool Greedy(float gap, double margin) => gap >= margin;

    /// <summary>Whether the actor's proposal is taken: with probability sigmoid(β (gap − margin)).
    /// </summary>
    /// <param name="gap">Value of the actor's less the imitation's.</param>
    /// <param name="margin">By how much it must be better for one half.</param>
    /// <param name="softness">β.</param>
    /// <param name="unit">Uniform in [0, 1).</param>
    public static bool Soft(float gap, double margin, double softness, float unit) =>
        unit < 1 / (1 + Math.Exp(-softness * (gap - margin)));
}
