namespace HilRig.Learning.Replay;

/// <summary>
/// Rows of n steps for one update, in pinned arrays that torch shares (torch.from_array). Written
/// anew for each update: nothing may keep a view of it.
/// </summary>
/// <param name="rowCount">Number of rows.</param>
/// <param name="inputCount">Numbers of an observation times history.</param>
/// <param name="actionCount">Numbers of an action.</param>
internal sealed class ReplayBatch(int rowCount, int inputCount, int actionCount)
{
    /// <summary>Number of rows.</summary>
    public int RowCount { get; } = rowCount;

    /// <summary>Numbers of a normalised, stacked observation.</summary>
    public int InputCount { get; } = inputCount;

    /// <summary>Numbers of an action.</summary>
    public int ActionCount { get; } = actionCount;

    /// <summary>s, normalised, newest first. Shape [row, input].</summary>
    public float[] Observations { get; } =
        GC.AllocateArray<float>(rowCount * inputCount, pinned: true);

    /// <summary>a, executed, each in [−1, 1]. Shape [row, action].</summary>
    public float[] Actions { get; } =
        GC.AllocateArray<float>(rowCount * actionCount, pinned: true);

    /// <summary>R: the sum of γ^j r(t + j) over the n steps. Shape [row].</summary>
    public float[] Returns { get; } = GC.AllocateArray<float>(rowCount, pinned: true);

    /// <summary>
    /// What the value of s' counts: γ^m after m steps, 0 where s' is an end. Shape [row].
    /// </summary>
    public float[] Discounts { get; } = GC.AllocateArray<float>(rowCount, pinned: true);

    /// <summary>s' after the n steps, or at the last state. Shape [row, input].</summary>
    public float[] NextObservations { get; } =
        GC.AllocateArray<float>(rowCount * inputCount, pinned: true);
}
