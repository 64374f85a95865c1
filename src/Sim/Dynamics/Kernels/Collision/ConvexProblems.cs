using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The problems that a pair of convex shapes or a height field and a shape is made of: the shapes
/// as they
/// are and turned a little both ways about each tangent (MuJoCo, mjc_Convex), or the prisms below
/// the
/// shape (mjc_ConvexHField).
/// </summary>
internal static class ConvexProblems<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    private const double Angle = 1e-3; // rad

    /// <summary>Turns the shapes against one another about their first contact.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="turn">1 to 4.</param>
    /// <param name="pivot">The contact, m.</param>
    /// <param name="normal">Its normal.</param>
    public static void Tilt(
        in Env<T, TWork, TConst, TIndex> env, int turn, Real3<T> pivot, Real3<T> normal)
    {
        Real3<T> tangent = FramePhases<T, TWork, TConst, TIndex>.Tangent(normal, Real3<T>.Zero);
        Real3<T> axis = turn < 3 ? tangent : Real3<T>.Cross(normal, tangent);
        T angle = (turn & 1) != 0 ? T.Of(-Angle) : T.Of(Angle);
        for (int shape = 0; shape < 2; shape++)
        {
            ConvexShape<T, TWork, TConst, TIndex>.Copy(env, 2 + shape, shape);
            Turn(env, shape, pivot, axis, angle);
            angle = -angle;
        }
    }

    /// <summary>
    /// Puts the field's frame below the scratch's shapes and finds the cells that the shape can
    /// touch; returns how many.
    /// </summary>
    /// <param name="env">The tile.</param>
    /// <param name="field">The height field's geom.</param>
    /// <param name="lane">Lane at work.</param>
    /// <param name="window">First row, rows, first column, columns.</param>
    public static int Open(
        in Env<T, TWork, TConst, TIndex> env, int field, int lane, out FieldWindow window)
    {
        ConvexShape<T, TWork, TConst, TIndex>.IntoFrame(env, field, lane);
        int asset = env.Topology.Get(
            env.At.Contacts.IndexOfGeom(field, ContactSlots.GeomAsset));
        int rows = env.Topology.Get(asset);
        int columns = env.Topology.Get(asset, 1);
        window = default;
        Cells(env, lane, field, 0, columns, out window.FirstColumn, out window.ColumnCount);
        Cells(env, lane, field, 1, rows, out window.FirstRow, out window.RowCount);
        return 2 * window.RowCount * window.ColumnCount;
    }

    /// <summary>
    /// Makes a prism the first shape; false when all of its top is below the shape.
    /// </summary>
    public static bool Prism(
        in Env<T, TWork, TConst, TIndex> env, int field, int lane, FieldWindow window, int index)
    {
        int half = index & 1;
        int column = window.FirstColumn + (index / 2 % window.ColumnCount);
        int row = window.FirstRow + (index / 2 / window.ColumnCount);
        Real3<T> sum = Real3<T>.Zero;
        T highest = T.Of(-1e10);
        for (int k = 0; k < 3; k++)
        {
            // The strip goes up and down: row above, row below, next column above...
            int place = half + k;
            Real3<T> top = Vertex(
                env, field, lane, row + 1 - (place & 1), column + (place >> 1));
            Real3<T> bottom = top.With(2, -T.Broadcast(Base(env, field), lane));
            bottom.Write(env.Work, Prism<T, TWork, TConst, TIndex>.Slot(env, k));
            top.Write(env.Work, Prism<T, TWork, TConst, TIndex>.Slot(env, 3 + k));
            highest = T.Max(highest, top.Z);
            sum += top + bottom;
        }

        (T.Of(1.0 / 6) * sum).Write(
            env.Work, ConvexShape<T, TWork, TConst, TIndex>.CenterSlot(env, 0));
        Real3<T> down = new(T.Of(0), T.Of(0), T.Of(-1));
        T lowest = ConvexShape<T, TWork, TConst, TIndex>.Reach(env, 1, down);
        return !Uniform<T>.Below(highest, -lowest);
    }

    private static Real3<T> Vertex(
        in Env<T, TWork, TConst, TIndex> env, int field, int lane, int row, int column)
    {
        int asset = env.Topology.Get(
            env.At.Contacts.IndexOfGeom(field, ContactSlots.GeomAsset));
        int rows = env.Topology.Get(asset);
        int columns = env.Topology.Get(asset, 1);
        int slot = env.At.Contacts.Assets + env.Topology.Get(asset, 2)
            + (row * columns) + column;
        T sizeX = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, field, 0), lane);
        T sizeY = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, field, 1), lane);
        T sizeZ = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, field, 2), lane);
        T stepX = T.Of(2) * sizeX / T.OfSingle(columns - 1);
        T stepY = T.Of(2) * sizeY / T.OfSingle(rows - 1);
        T height = T.OfSingle(env.Topology.GetAsset(slot)) * sizeZ;
        return new(
            T.Fma(stepX, T.OfSingle(column), -sizeX),
            T.Fma(stepY, T.OfSingle(row), -sizeY),
            height + ConvexShape<T, TWork, TConst, TIndex>.Margin(env, 1));
    }

    private static T Base(in Env<T, TWork, TConst, TIndex> env, int field) =>
        env.Constants.Get(env.At.Contacts.OfGeom(field, ContactSlots.GeomBase));

    // Cells along an axis between the shape's ends, without its margin.
    private static void Cells(
        in Env<T, TWork, TConst, TIndex> env,
        int lane,
        int field,
        int axis,
        int lines,
        out int first,
        out int count)
    {
        T size = T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, field, axis), lane);
        Real3<T> direction = Real3<T>.Zero.With(axis, T.Of(1));
        T margin = T.Of(0.5) * ConvexShape<T, TWork, TConst, TIndex>.Margin(env, 1);
        T high = ConvexShape<T, TWork, TConst, TIndex>.Reach(env, 1, direction) - margin;
        T low = margin - ConvexShape<T, TWork, TConst, TIndex>.Reach(env, 1, -direction);
        T scale = T.OfSingle(lines - 1) / (T.Of(2) * size);
        int from = T.ToInt(T.Floor((low + size) * scale));
        int to = -T.ToInt(T.Floor(-(high + size) * scale));
        first = from < 0 ? 0 : from > lines - 1 ? lines - 1 : from;
        to = to > lines - 1 ? lines - 1 : to;
        count = to > first ? to - first : 0;
    }

    private static void Turn(
        in Env<T, TWork, TConst, TIndex> env, int shape, Real3<T> pivot, Real3<T> axis, T angle)
    {
        T.SinCos(angle, out T sin, out T cos);
        T rest = T.Of(1) - cos;
        Real3<T> x = (rest * axis.X) * axis;
        Real3<T> y = (rest * axis.Y) * axis;
        Real3<T> z = (rest * axis.Z) * axis;
        T sx = sin * axis.X;
        T sy = sin * axis.Y;
        T sz = sin * axis.Z;
        x = new(x.X + cos, x.Y + sz, x.Z - sy);
        y = new(y.X - sz, y.Y + cos, y.Z + sx);
        z = new(z.X + sy, z.Y - sx, z.Z + cos);
        ConvexShape<T, TWork, TConst, TIndex>.Turn(env, shape, pivot, x, y, z);
    }
}
