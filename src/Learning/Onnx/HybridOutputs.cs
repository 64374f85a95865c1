namespace HilRig.Learning.Onnx;

/// <summary>What a policy says of some states, row by row.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="ActionCount">Numbers of an action.</param>
internal sealed record HybridOutputs(int RowCount, int ActionCount)
{
    /// <summary>What to do. Shape [row, action].</summary>
    public float[] Action { get; } = Unset(RowCount * ActionCount);

    /// <summary>The actor's proposal. Shape [row, action].</summary>
    public float[] ReinforcementAction { get; } = Unset(RowCount * ActionCount);

    /// <summary>The imitation's proposal. Shape [row, action].</summary>
    public float[] ImitationAction { get; } = Unset(RowCount * ActionCount);

    /// <summary>Smallest value over all critics of the actor's. Shape [row].</summary>
    public float[] ReinforcementValue { get; } = Unset(RowCount);

    /// <summary>Smallest value over all critics of the imitation's. Shape [row].</summary>
    public float[] ImitationValue { get; } = Unset(RowCount);

    /// <summary>Largest minus smallest value of the chosen. Shape [row].</summary>
    public float[] Spread { get; } = Unset(RowCount);

    private static float[] Unset(int count)
    {
        float[] values = new float[count];
        Array.Fill(values, float.NaN);
        return values;
    }
}
