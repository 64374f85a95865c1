namespace HilRig.Bridge.SharedMemory.RealTime;

/// <summary>What came of copying a value out of a slot.</summary>
internal enum SlotCopy
{
    /// <summary>The copy is whole.</summary>
    Whole,

    /// <summary>It was being written meanwhile.</summary>
    Overtaken,

    /// <summary>Its check sum does not fit: somebody overwrote memory.</summary>
    Damaged,
}
