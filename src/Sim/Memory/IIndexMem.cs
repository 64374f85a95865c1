namespace HilRig.Sim.Memory;

/// <summary>
/// Where what every env shares lives: the model's integers (parents, joint kinds, switches) and the
/// numbers of its assets (vertices, elevations). Read only.
/// </summary>
internal interface IIndexMem
{
    /// <summary>Reads a slot.</summary>
    int Get(int slot);

    /// <summary>Reads the slot a few on, as <see cref="IMem{T}.Get(int, int)"/> does.</summary>
    int Get(int block, int slot);

    /// <summary>Reads a number of the model's assets.</summary>
    float GetAsset(int slot);
}
