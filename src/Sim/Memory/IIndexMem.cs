namespace HilRig.Sim.Memory;

/// <summary>
/// Where what every env shares lives: the model's integers (parents, joint kinds, switches) and the
/// numbers of its assets (vertices, elevations). Read only.
/// </summary>
internal interface IIndexMem
{
    /// <summary>Reads a slot.</summary>
    int Get(int slot);

    /// <summary>Reads a number of the model's assets.</summary>
    float GetAsset(int slot);
}
