namespace HilRig.Learning.Snapshots;

/// <summary>
/// Goes through everything that must survive a restart. One method of the owner serves both ways:
/// to save, the visitor reads what it is given; to restore, it overwrites it.
/// </summary>
internal interface IStateVisitor
{
    /// <summary>One array of state.</summary>
    /// <param name="name">Its name, unique in the snapshot, such as "actor/weights".</param>
    /// <param name="bytes">Its memory, of the same length in both directions.</param>
    void Visit(string name, Span<byte> bytes);
}
