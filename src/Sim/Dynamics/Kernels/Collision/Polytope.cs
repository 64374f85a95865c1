using HilRig.Sim.Memory;
using HilRig.Sim.Scalars;

namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>
/// The polytope of EPA in the scratch: vertices, faces with their neighbours, and the list of faces
/// that may
/// be the nearest.
/// </summary>
internal static class Polytope<T, TWork, TConst, TIndex>
    where T : unmanaged, IReal<T>
    where TWork : struct, IWorkMem<T>
    where TConst : struct, IMem<T>
    where TIndex : struct, IIndexMem
{
    /// <summary>Empties it.</summary>
    public static void Clear(in Env<T, TWork, TConst, TIndex> env)
    {
        Set(env, ConvexScratch.VertexTotal, ConvexScratch.SimplexCount);
        Set(env, ConvexScratch.FaceTotal, 0);
        Set(env, ConvexScratch.ListTotal, 0);
    }

    /// <summary>Number of faces, deleted ones too.</summary>
    public static int FaceCount(in Env<T, TWork, TConst, TIndex> env) =>
        Get(env, ConvexScratch.FaceTotal);

    /// <summary>Number of listed faces.</summary>
    public static int ListCount(in Env<T, TWork, TConst, TIndex> env) =>
        Get(env, ConvexScratch.ListTotal);

    /// <summary>A listed face.</summary>
    public static int Listed(in Env<T, TWork, TConst, TIndex> env, int place) =>
        Get(env, ConvexScratch.List + place);

    /// <summary>Adds a copy of a vertex of the simplex.</summary>
    public static int AddCopy(in Env<T, TWork, TConst, TIndex> env, int vertex)
    {
        int added = NextVertex(env);
        ConvexVertex<T, TWork, TConst, TIndex>.Copy(env, vertex, added);
        return added;
    }

    /// <summary>Adds the support point in a unit direction.</summary>
    public static int AddSupport(in Env<T, TWork, TConst, TIndex> env, Real3<T> direction)
    {
        int added = NextVertex(env);
        ConvexVertex<T, TWork, TConst, TIndex>.Find(env, added, direction);
        return added;
    }

    /// <summary>
    /// Adds a face; its normal, the projection of the origin, points away from the inner point that
    /// the scratch's first weights hold. Its square is 0 when it is flat.
    /// </summary>
    public static int AddFace(in Env<T, TWork, TConst, TIndex> env, int a, int b, int c)
    {
        int face = Get(env, ConvexScratch.FaceTotal);
        Set(env, ConvexScratch.FaceTotal, face + 1);
        Set(env, Slot(face) + ConvexScratch.FaceVertex, a);
        Set(env, Slot(face) + ConvexScratch.FaceVertex + 1, b);
        Set(env, Slot(face) + ConvexScratch.FaceVertex + 2, c);
        Set(env, Slot(face) + ConvexScratch.FacePlace, ConvexScratch.NotListed);
        Real3<T> p = ConvexVertex<T, TWork, TConst, TIndex>.Point(env, a);
        bool has = Simplex<T, TWork, TConst, TIndex>.Project(
            ConvexVertex<T, TWork, TConst, TIndex>.Point(
                env,
                c), ConvexVertex<T, TWork, TConst, TIndex>.Point(env, b), p, out Real3<T> foot);
        Real3<T> inner = Real3<T>.Read(
            env.Work, env.At.Contacts.Scratch + ConvexScratch.Weight);
        foot = T.Any(-Real3<T>.Dot(foot, p - inner)) ? -foot : foot;
        int numbers = Number(env, face);
        foot.Write(env.Work, numbers + ConvexScratch.FaceNormal);
        env.Work.Set(
            numbers + ConvexScratch.FaceSquare, has ? Real3<T>.Dot(foot, foot) : T.Of(0));
        return face;
    }

    /// <summary>Sets a point inside it.</summary>
    public static void SetInner(in Env<T, TWork, TConst, TIndex> env, Real3<T> point) =>
        point.Write(env.Work, env.At.Contacts.Scratch + ConvexScratch.Weight);

    /// <summary>Lists a face.</summary>
    public static void List(in Env<T, TWork, TConst, TIndex> env, int face)
    {
        int place = ListCount(env);
        Set(env, ConvexScratch.List + place, face);
        Set(env, ConvexScratch.ListTotal, place + 1);
        Set(env, Slot(face) + ConvexScratch.FacePlace, place);
    }

    /// <summary>Takes a face away; the last of the list takes its place.</summary>
    public static void Delete(in Env<T, TWork, TConst, TIndex> env, int face)
    {
        int place = Get(env, Slot(face) + ConvexScratch.FacePlace);
        if (place >= 0)
        {
            int last = ListCount(env) - 1;
            int moved = Listed(env, last);
            Set(env, ConvexScratch.ListTotal, last);
            Set(env, ConvexScratch.List + place, moved);
            Set(env, Slot(moved) + ConvexScratch.FacePlace, place);
        }

        Set(env, Slot(face) + ConvexScratch.FacePlace, ConvexScratch.Deleted);
    }

    /// <summary>Whether a face is there.</summary>
    public static bool Has(in Env<T, TWork, TConst, TIndex> env, int face) =>
        Get(env, Slot(face) + ConvexScratch.FacePlace) != ConvexScratch.Deleted;

    /// <summary>Vertex 0 to 2 of a face.</summary>
    public static int Vertex(in Env<T, TWork, TConst, TIndex> env, int face, int corner) =>
        Get(env, Slot(face) + ConvexScratch.FaceVertex + corner);

    /// <summary>Face across an edge.</summary>
    public static int Beside(in Env<T, TWork, TConst, TIndex> env, int face, int edge) =>
        Get(env, Slot(face) + ConvexScratch.FaceBeside + edge);

    /// <summary>Sets the face across an edge.</summary>
    public static void SetBeside(
        in Env<T, TWork, TConst, TIndex> env, int face, int edge, int other) =>
        Set(env, Slot(face) + ConvexScratch.FaceBeside + edge, other);

    /// <summary>Edge of a face that begins at a vertex.</summary>
    public static int EdgeFrom(in Env<T, TWork, TConst, TIndex> env, int face, int vertex) =>
        Vertex(env, face, 0) == vertex ? 0 : Vertex(env, face, 1) == vertex ? 1 : 2;

    /// <summary>Projection of the origin on a face, m.</summary>
    public static Real3<T> Normal(in Env<T, TWork, TConst, TIndex> env, int face) =>
        Real3<T>.Read(env.Work, Number(env, face) + ConvexScratch.FaceNormal);

    /// <summary>Its squared length, m².</summary>
    public static T Square(in Env<T, TWork, TConst, TIndex> env, int face) =>
        env.Work.Get(Number(env, face) + ConvexScratch.FaceSquare);

    private static int NextVertex(in Env<T, TWork, TConst, TIndex> env)
    {
        int next = Get(env, ConvexScratch.VertexTotal);
        Set(env, ConvexScratch.VertexTotal, next + 1);
        return next;
    }

    private static int Slot(int face) =>
        ConvexScratch.FaceIndex + (ConvexScratch.FaceIndexStride * face);

    private static int Number(in Env<T, TWork, TConst, TIndex> env, int face) =>
        env.At.Contacts.Scratch + ConvexScratch.Face + (ConvexScratch.FaceStride * face);

    private static int Get(in Env<T, TWork, TConst, TIndex> env, int slot) =>
        env.Work.GetIndex(env.At.Contacts.ScratchIndex + slot);

    private static void Set(in Env<T, TWork, TConst, TIndex> env, int slot, int value) =>
        env.Work.SetIndex(env.At.Contacts.ScratchIndex + slot, value);
}
