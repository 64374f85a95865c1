namespace HilRig.Learning.Agents;

/// <summary>How one of two proposals is chosen by the critics' values.</summary>
internal enum SelectionRule
{
    /// <summary>The better one.</summary>
    Greedy,

    /// <summary>The actor's with probability sigmoid(β · gap).</summary>
    Soft,
}
