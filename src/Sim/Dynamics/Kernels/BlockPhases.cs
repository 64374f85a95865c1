using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels;

/// <summary>
/// The list of blocks of constraint rows of this step, and what all blocks have in common: y = J a
/// - aref, the force of their rows on the dofs, and their share of the Hessian, Jᵀ K J with K the
/// Hessian of the block's cost. Rows are taken by threes: what a contact has.
/// </summary>
internal static class BlockPhases<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Lists the blocks: those of the model, then one a contact of the tile.</summary>
    public static void List(in Env<T, TWork, TConst, TIndex> env)
    {
        int start = env.At.Constraints.ModelNumbers;
        for (int i = 0; i < env.At.Constraints.ModelBlockCount; i++)
        {
            var block = new Block(
                env.Topology.Get(env.At.Constraints.IndexOfBlock(i, BlockSlots.Shape)),
                env.Topology.Get(env.At.Constraints.IndexOfBlock(i, BlockSlots.Dimension)),
                start,
                env.Topology.Get(env.At.Constraints.IndexOfBlock(i, BlockSlots.Dofs)),
                env.Topology.Get(env.At.Constraints.IndexOfBlock(i, BlockSlots.DofCount)),
                env.At.Constraints.OfBlock(i, BlockSlots.Loss));
            Write(env, i, block);
            start += Block.Size(block.Dimension, block.DofCount);
        }

        int count = env.Work.GetIndex(env.At.Contacts.ContactCount);
        start = env.At.Constraints.ContactNumbers;
        for (int contact = 0; contact < count; contact++)
        {
            Block block = OfContact(env, contact, start);
            Write(env, env.At.Constraints.ModelBlockCount + contact, block);
            start += Block.Size(block.Dimension, block.DofCount);
        }

        env.Work.SetIndex(
            env.At.Constraints.BlockCount, env.At.Constraints.ModelBlockCount + count);
    }

    /// <summary>One block of the list.</summary>
    public static Block Read(in Env<T, TWork, TConst, TIndex> env, int index)
    {
        int slot = env.At.Constraints.Blocks + (BlockSlots.TileStride * index);
        return new(
            env.Work.GetIndex(slot + BlockSlots.TileShape),
            env.Work.GetIndex(slot + BlockSlots.TileDimension),
            env.Work.GetIndex(slot + BlockSlots.TileStart),
            env.Work.GetIndex(slot + BlockSlots.TileDofs),
            env.Work.GetIndex(slot + BlockSlots.TileDofCount),
            env.Work.GetIndex(slot + BlockSlots.TileParameters));
    }

    /// <summary>Blocks of this step.</summary>
    public static int Count(in Env<T, TWork, TConst, TIndex> env) =>
        env.Work.GetIndex(env.At.Constraints.BlockCount);

    /// <summary>y = J a - aref of every block, at the present acceleration.</summary>
    public static void Residuals(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = Read(env, i);
            Multiply(env, block, env.At.Acceleration, block.Residual);
            for (int row = 0; row < block.Dimension; row++)
            {
                T value = env.Work.Get(block.Residual + row);
                env.Work.Set(
                    block.Residual + row, value - env.Work.Get(block.Reference + row));
            }
        }
    }

    /// <summary>J · direction of every block.</summary>
    public static void Along(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = Read(env, i);
            Multiply(env, block, env.At.Direction, block.Along);
        }
    }

    /// <summary>Adds Jᵀ f of every block to the constraint force.</summary>
    public static void Forces(in Env<T, TWork, TConst, TIndex> env)
    {
        int count = Count(env);
        for (int i = 0; i < count; i++)
        {
            Block block = Read(env, i);
            int row = 0;
            for (; row + 3 <= block.Dimension; row += 3)
            {
                AddForce3(env, block, row);
            }

            for (; row < block.Dimension; row++)
            {
                AddForce1(env, block, row);
            }
        }
    }

    /// <summary>product = J · vector.</summary>
    public static void Multiply(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int vector, int product)
    {
        int row = 0;
        for (; row + 3 <= block.Dimension; row += 3)
        {
            Multiply3(env, block, vector, product, row);
        }

        for (; row < block.Dimension; row++)
        {
            Multiply1(env, block, vector, product, row);
        }
    }

    private static Block OfContact(in Env<T, TWork, TConst, TIndex> env, int contact, int start)
    {
        int pair = env.Work.GetIndex(env.At.Contacts.ContactPair + contact);
        int dimension = env.Topology.Get(
            env.At.Contacts.IndexOfPair(pair, ContactSlots.PairDimension));
        int list = env.At.Constraints.TopologyPairs + (BlockSlots.PairStride * pair);
        int cone = env.Topology.Get(env.At.Constraints.TopologyOptions);
        CostShape shape = dimension == 1 ? CostShape.OneSided
            : cone == 0 ? CostShape.Pyramid : CostShape.Cone;
        return new(
            (int)shape,
            dimension,
            start,
            env.Topology.Get(list + BlockSlots.PairDofs),
            env.Topology.Get(list + BlockSlots.PairDofCount),
            env.At.Contacts.OfPair(pair, ContactSlots.PairFriction));
    }

    private static void Write(in Env<T, TWork, TConst, TIndex> env, int index, in Block block)
    {
        int slot = env.At.Constraints.Blocks + (BlockSlots.TileStride * index);
        env.Work.SetIndex(slot + BlockSlots.TileShape, block.Shape);
        env.Work.SetIndex(slot + BlockSlots.TileDimension, block.Dimension);
        env.Work.SetIndex(slot + BlockSlots.TileStart, block.Start);
        env.Work.SetIndex(slot + BlockSlots.TileDofs, block.Dofs);
        env.Work.SetIndex(slot + BlockSlots.TileDofCount, block.DofCount);
        env.Work.SetIndex(slot + BlockSlots.TileParameters, block.Parameters);
    }

    private static void Multiply3(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int vector, int product, int row)
    {
        T a = T.Of(0);
        T b = T.Of(0);
        T c = T.Of(0);
        for (int k = 0; k < block.DofCount; k++)
        {
            T x = env.Work.Get(vector + env.Topology.Get(block.Dofs + k));
            int column = block.Jacobian + (k * block.Dimension) + row;
            a = T.Fma(env.Work.Get(column), x, a);
            b = T.Fma(env.Work.Get(column, 1), x, b);
            c = T.Fma(env.Work.Get(column, 2), x, c);
        }

        env.Work.Set(product, row, a);
        env.Work.Set(product + row, 1, b);
        env.Work.Set(product + row, 2, c);
    }

    private static void Multiply1(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int vector, int product, int row)
    {
        T a = T.Of(0);
        for (int k = 0; k < block.DofCount; k++)
        {
            T x = env.Work.Get(vector + env.Topology.Get(block.Dofs + k));
            a = T.Fma(env.Work.Get(block.Jacobian + (k * block.Dimension) + row), x, a);
        }

        env.Work.Set(product, row, a);
    }

    private static void AddForce3(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int row)
    {
        T a = env.Work.Get(block.Force + row);
        T b = env.Work.Get(block.Force + row, 1);
        T c = env.Work.Get(block.Force + row, 2);
        for (int k = 0; k < block.DofCount; k++)
        {
            int slot = env.At.ConstraintForce + env.Topology.Get(block.Dofs + k);
            int column = block.Jacobian + (k * block.Dimension) + row;
            T sum = T.Fma(env.Work.Get(column), a, env.Work.Get(slot));
            sum = T.Fma(env.Work.Get(column, 1), b, sum);
            env.Work.Set(slot, T.Fma(env.Work.Get(column, 2), c, sum));
        }
    }

    private static void AddForce1(
        in Env<T, TWork, TConst, TIndex> env, in Block block, int row)
    {
        T a = env.Work.Get(block.Force + row);
        for (int k = 0; k < block.DofCount; k++)
        {
            int slot = env.At.ConstraintForce + env.Topology.Get(block.Dofs + k);
            T entry = env.Work.Get(block.Jacobian + (k * block.Dimension) + row);
            env.Work.Set(slot, T.Fma(entry, a, env.Work.Get(slot)));
        }
    }
}
