using HilRig.Sim.Models;
using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// Support points of convex shapes: the farthest in a direction (MuJoCo,
/// engine_collision_convex.c). A
/// sphere or capsule can be shrunk to a point or a line.
/// </summary>
internal static class ConvexShape<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Puts a geom into the scratch as one of the two shapes.</summary>
    /// <param name="env">The tile.</param>
    /// <param name="shape">0 or 1.</param>
    /// <param name="geom">The geom.</param>
    /// <param name="lane">Lane at work.</param>
    /// <param name="center">Where it is, m.</param>
    /// <param name="margin">Both margins and gaps, m.</param>
    public static void Load(
        in Env<T, TWork, TConst, TIndex> env,
        int shape,
        int geom,
        int lane,
        Real3<T> center,
        T margin)
    {
        TWork work = env.Work;
        int to = Numbers(env, shape);
        for (int column = 0; column < 3; column++)
        {
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, column), lane)
                .Write(work, to + ConvexScratch.ShapeAxes + (3 * column));
            work.Set(
                to + ConvexScratch.ShapeSize + column,
                T.Broadcast(PairReader<T, TWork, TConst, TIndex>.Size(env, geom, column), lane));
        }

        center.Write(work, to + ConvexScratch.ShapeCenter);
        work.Set(to + ConvexScratch.ShapeMargin, margin);
        int at = Integers(env, shape);
        work.SetIndex(
            at + ConvexScratch.ShapeKind,
            env.Topology.Get(env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomKind)));
        work.SetIndex(
            at + ConvexScratch.ShapeAsset,
            env.Topology.Get(env.At.Contacts.IndexOfGeom(geom, ContactSlots.GeomAsset)));
        work.SetIndex(at + ConvexScratch.ShapeVertex, 0);
    }

    /// <summary>Copies a shape's numbers; 2 and 3 keep 0 and 1 as they were.</summary>
    public static void Copy(in Env<T, TWork, TConst, TIndex> env, int from, int to)
    {
        for (int k = 0; k < ConvexScratch.ShapeStride; k++)
        {
            env.Work.Set(Numbers(env, to) + k, env.Work.Get(Numbers(env, from) + k));
        }
    }

    /// <summary>Turns a shape about a point: columns of the rotation x, y and z.</summary>
    public static void Turn(
        in Env<T, TWork, TConst, TIndex> env,
        int shape,
        Real3<T> pivot,
        Real3<T> x,
        Real3<T> y,
        Real3<T> z)
    {
        TWork work = env.Work;
        int at = Numbers(env, shape);
        for (int column = 0; column < 3; column++)
        {
            int slot = at + ConvexScratch.ShapeAxes + (3 * column);
            SphereBox<T, TWork, TConst, TIndex>.Turn(
                x, y, z, Real3<T>.Read(work, slot)).Write(work, slot);
        }

        Real3<T> arm = Center(env, shape) - pivot;
        (
            pivot + SphereBox<T, TWork, TConst, TIndex>.Turn(
                x, y, z, arm)).Write(work, at + ConvexScratch.ShapeCenter);
    }

    /// <summary>Turns the second shape into the axes of a geom, about the geom's centre.</summary>
    public static void IntoFrame(in Env<T, TWork, TConst, TIndex> env, int geom, int lane)
    {
        Real3<T> x =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 0), lane);
        Real3<T> y =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 1), lane);
        Real3<T> z =
            Real3<T>.Broadcast(PairReader<T, TWork, TConst, TIndex>.Axis(env, geom, 2), lane);
        Real3<T> columnX = new(x.X, y.X, z.X);
        Real3<T> columnY = new(x.Y, y.Y, z.Y);
        Real3<T> columnZ = new(x.Z, y.Z, z.Z);
        Turn(env, 1, Real3<T>.Zero, columnX, columnY, columnZ);
    }

    /// <summary>How far a shape reaches in a unit direction from the origin, m.</summary>
    public static T Reach(in Env<T, TWork, TConst, TIndex> env, int shape, Real3<T> direction) =>
        Real3<T>.Dot(direction, Support(env, shape, direction));

    /// <summary>Slot of the centre.</summary>
    public static int CenterSlot(in Env<T, TWork, TConst, TIndex> env, int shape) =>
        Numbers(env, shape) + ConvexScratch.ShapeCenter;

    /// <summary>Centre of a shape, m.</summary>
    public static Real3<T> Center(in Env<T, TWork, TConst, TIndex> env, int shape) =>
        Real3<T>.Read(env.Work, Numbers(env, shape) + ConvexScratch.ShapeCenter);

    /// <summary>A size of a shape, m.</summary>
    public static T Size(in Env<T, TWork, TConst, TIndex> env, int shape, int index) =>
        env.Work.Get(Numbers(env, shape) + ConvexScratch.ShapeSize + index);

    /// <summary>Margin of a shape, m.</summary>
    public static T Margin(in Env<T, TWork, TConst, TIndex> env, int shape) =>
        env.Work.Get(Numbers(env, shape) + ConvexScratch.ShapeMargin);

    /// <summary>Kind of a shape: a GeomKind, or ConvexScratch.Shrunk + one.</summary>
    public static int Kind(in Env<T, TWork, TConst, TIndex> env, int shape) =>
        env.Work.GetIndex(Integers(env, shape) + ConvexScratch.ShapeKind);

    /// <summary>Shrinks a sphere or capsule, or undoes it. Others stay.</summary>
    public static void Shrink(in Env<T, TWork, TConst, TIndex> env, int shape, bool shrunk)
    {
        int kind = Kind(env, shape) % ConvexScratch.Shrunk;
        if (IsBall(kind))
        {
            env.Work.SetIndex(
                Integers(env, shape) + ConvexScratch.ShapeKind,
                shrunk ? kind + ConvexScratch.Shrunk : kind);
        }
    }

    /// <summary>Whether it is a point or a line with a radius.</summary>
    public static bool IsBall(int kind) =>
        kind == (int)GeomKind.Sphere || kind == (int)GeomKind.Capsule;

    /// <summary>Whether it has corners and no margin.</summary>
    public static bool IsDiscrete(in Env<T, TWork, TConst, TIndex> env, int shape)
    {
        int kind = Kind(env, shape);
        bool corners = kind == (int)GeomKind.Box || kind == (int)GeomKind.Mesh
            || kind == (int)GeomKind.HeightField;
        return corners && !T.Any(T.Abs(Margin(env, shape)));
    }

    /// <summary>
    /// Farthest point in a direction, half the margin included; a corner's or vertex's index is
    /// left in ShapeVertex.
    /// </summary>
    public static Real3<T> Support(
        in Env<T, TWork, TConst, TIndex> env, int shape, Real3<T> direction)
    {
        int kind = Kind(env, shape);
        if (kind == (int)GeomKind.HeightField)
        {
            return Prism<T, TWork, TConst, TIndex>.Support(env, direction);
        }

        if (IsBall(kind % ConvexScratch.Shrunk))
        {
            return Ball(env, shape, kind, direction);
        }

        int axes = Numbers(env, shape) + ConvexScratch.ShapeAxes;
        Real3<T> x = Real3<T>.Read(env.Work, axes);
        Real3<T> y = Real3<T>.Read(env.Work, axes + 3);
        Real3<T> z = Real3<T>.Read(env.Work, axes + 6);
        Real3<T> local = new(
            Real3<T>.Dot(x, direction), Real3<T>.Dot(y, direction), Real3<T>.Dot(z, direction));
        Real3<T> point = kind == (int)GeomKind.Mesh
            ? Mesh(env, shape, local)
            : Smooth(env, shape, kind, local);
        point = SphereBox<T, TWork, TConst, TIndex>.Turn(x, y, z, point) + Center(env, shape);
        return Real3<T>.AddScaled(point, T.Of(0.5) * Margin(env, shape), direction);
    }

    // A sphere or capsule; what is shrunk takes radius and margin afterwards.
    private static Real3<T> Ball(
        in Env<T, TWork, TConst, TIndex> env, int shape, int kind, Real3<T> direction)
    {
        Real3<T> point = Center(env, shape);
        if (kind % ConvexScratch.Shrunk == (int)GeomKind.Capsule)
        {
            Real3<T> axis = Real3<T>.Read(
                env.Work, Numbers(env, shape) + ConvexScratch.ShapeAxes + 6);
            T end = Sign(Real3<T>.Dot(axis, direction), Size(env, shape, 1));
            point = Real3<T>.AddScaled(point, end, axis);
        }

        T radius = T.Fma(T.Of(0.5), Margin(env, shape), Size(env, shape, 0));
        return kind >= ConvexScratch.Shrunk
            ? point
            : Real3<T>.AddScaled(point, radius, direction);
    }

    private static Real3<T> Smooth(
        in Env<T, TWork, TConst, TIndex> env, int shape, int kind, Real3<T> local)
    {
        Real3<T> size = Real3<T>.Read(
            env.Work, Numbers(env, shape) + ConvexScratch.ShapeSize);
        T end = Sign(local.Z, size.Y);
        return kind switch
        {
            (int)GeomKind.Ellipsoid => Ellipsoid(size, local),
            (int)GeomKind.Cylinder => Cylinder(size, local, end),
            (int)GeomKind.Box => Box(env, shape, size, local),
            _ => Real3<T>.Zero,
        };
    }

    private static Real3<T> Ellipsoid(Real3<T> size, Real3<T> local)
    {
        Real3<T> scaled = new(size.X * local.X, size.Y * local.Y, size.Z * local.Z);
        Real3<T> unit = Real3<T>.Unit(scaled, out _);
        return new(size.X * unit.X, size.Y * unit.Y, size.Z * unit.Z);
    }

    private static Real3<T> Cylinder(Real3<T> size, Real3<T> local, T end)
    {
        T square = T.Fma(local.X, local.X, local.Y * local.Y);
        T flat = T.Where(square - T.Of(1e-30), T.Of(0), T.Of(1));
        T scale = size.X / T.Sqrt(T.Where(flat, T.Of(1), square));
        scale = T.Where(flat, T.Of(0), scale);
        return new(scale * local.X, scale * local.Y, end);
    }

    private static Real3<T> Box(
        in Env<T, TWork, TConst, TIndex> env, int shape, Real3<T> size, Real3<T> local)
    {
        int corner = (T.Any(-local.X) ? 0 : 1) + (T.Any(-local.Y) ? 0 : 2)
            + (T.Any(-local.Z) ? 0 : 4);
        env.Work.SetIndex(Integers(env, shape) + ConvexScratch.ShapeVertex, corner);
        return new(Sign(local.X, size.X), Sign(local.Y, size.Y), Sign(local.Z, size.Z));
    }

    private static Real3<T> Mesh(in Env<T, TWork, TConst, TIndex> env, int shape, Real3<T> local)
    {
        int at = Integers(env, shape);
        int asset = env.Work.GetIndex(at + ConvexScratch.ShapeAsset);
        int vertex = MeshHull<T, TWork, TConst, TIndex>.Farthest(
            env, asset, env.Work.GetIndex(at + ConvexScratch.ShapeVertex), local);
        env.Work.SetIndex(at + ConvexScratch.ShapeVertex, vertex);
        return MeshHull<T, TWork, TConst, TIndex>.Vertex(env, asset, vertex);
    }

    private static T Sign(T direction, T size) => T.Where(-direction, -size, size);

    private static int Numbers(in Env<T, TWork, TConst, TIndex> env, int shape) =>
        env.At.Contacts.Scratch + ConvexScratch.Shape + (ConvexScratch.ShapeStride * shape);

    private static int Integers(in Env<T, TWork, TConst, TIndex> env, int shape) =>
        env.At.Contacts.ScratchIndex + (ConvexScratch.ShapeIndexStride * shape);
}
