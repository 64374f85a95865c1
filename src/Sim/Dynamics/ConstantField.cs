namespace HilRig.Sim.Dynamics;

/// <summary>A physical field of a model under MuJoCo's name, and the constants of it.</summary>
/// <param name="Name">MuJoCo's name, such as <c>body_mass</c>.</param>
/// <param name="RowNames">Names of bodies, joints, …; empty where there is none.</param>
/// <param name="Width">Numbers a row.</param>
/// <param name="Slots">Constant of each number. Shape [row, width].</param>
internal sealed record ConstantField(
    string Name, IReadOnlyList<string> RowNames, int Width, IReadOnlyList<int> Slots)
{
    /// <summary>Number of rows.</summary>
    public int Count => RowNames.Count;

    /// <summary>The constant of one number.</summary>
    public int Slot(int row, int column) => Slots[(row * Width) + column];
}
