using HilRig.Core.Episodes;

namespace HilRig.Learning.Agents;

/// <summary>What an agent does in some environments; kept by the caller and filled again.</summary>
/// <param name="rows">Environments.</param>
/// <param name="actionCount">Numbers of an action.</param>
internal sealed class ActResult(int rows, int actionCount)
{
    /// <summary>Environments.</summary>
    public int RowCount => Proposers.Length;

    /// <summary>What is done, each in [−1, 1]. Shape [row, action].</summary>
    public float[] Actions { get; } = new float[rows * actionCount];

    /// <summary>Whose proposal that is. Shape [row].</summary>
    public Proposer[] Proposers { get; } = new Proposer[rows];

    /// <summary>Value of the actor's proposal; NaN where it was not asked. Shape [row].</summary>
    public float[] ReinforcementValues { get; } = new float[rows];

    /// <summary>Value of the imitation's proposal; NaN where it was not asked. Shape [row].
    /// </summary>
    public float[] ImitationValues { get; } = new float[rows];
}
