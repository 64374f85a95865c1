namespace HilRig.Learning.Snapshots;

/// <summary>Has state that a snapshot keeps.</summary>
internal interface IStateful
{
    /// <summary>
    /// Shows all of its state, in a fixed order and size; called only between updates. After a
    /// visitor has overwritten it, everything goes on as if it had never stopped, bit for bit.
    /// </summary>
    /// <param name="visitor">Saves or restores.</param>
    void VisitState(IStateVisitor visitor);
}
