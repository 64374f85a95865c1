namespace HilRig.Sim.Memory;

/// <summary>Where the model's integers live: parents, joint kinds, switches. Read only.</summary>
internal interface IIndexMem
{
    /// <summary>Reads a slot.</summary>
    int Get(int slot);
}
