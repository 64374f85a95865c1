namespace HilRig.Sim.Dynamics;

/// <summary>
/// One block of constraint rows of this step: where its numbers lie. They follow one another, so
/// that a block is one piece of memory.
/// </summary>
internal readonly struct Block(
    int shape, int dimension, int start, int dofs, int dofCount, int parameters)
{
    public readonly int Shape = shape; // a CostShape
    public readonly int Dimension = dimension;
    public readonly int Start = start;
    public readonly int Dofs = dofs; // topology slot of its list of dofs
    public readonly int DofCount = dofCount;
    public readonly int Parameters = parameters; // constant slot

    public int Reference => Start; // [dim] aref

    public int Residual => Start + Dimension; // [dim] J a - aref

    public int Along => Start + (2 * Dimension); // [dim] J · direction

    public int Force => Start + (3 * Dimension); // [dim] minus the gradient of the cost

    public int Weight => Start + (4 * Dimension); // [dim] D; 0 where absent

    public int State => Start + (5 * Dimension); // [1] piece of the cost

    public int Curvature => State + 1; // [dim (dim + 1) / 2] Hessian of the cost, lower triangle

    public int Jacobian => Curvature + Triangle(Dimension); // [dof of the block, dim]

    /// <summary>Numbers that a block needs.</summary>
    public static int Size(int dimension, int dofCount) =>
        (5 * dimension) + 1 + Triangle(dimension) + (dimension * dofCount);

    private static int Triangle(int dimension) => dimension * (dimension + 1) / 2;
}
