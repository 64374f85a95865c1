namespace HilRig.Sim.Dynamics.Kernels.Collision;

/// <summary>Offsets of what convex against convex keeps in the workspace's scratch.</summary>
internal static class ConvexScratch
{
    public const int IterationMax = 35; // of each algorithm (MuJoCo's ccd_iterations)

    // Numbers of a shape; there are two, in axes of the world about the first one's centre.
    public const int Shape = 0;
    public const int ShapeAxes = 0; // [3, 3] its axes, one after another
    public const int ShapeCenter = 9; // [3] m
    public const int ShapeSize = 12; // [3] m
    public const int ShapeMargin = 15; // m
    public const int ShapeStride = 16;

    // Vertices of the difference of the shapes: those of the simplex first.
    // Two shapes, and both as they were before a turn.
    public const int Prism = 4 * ShapeStride; // [6, 3] corners of a prism, m
    public const int Vertex = Prism + 18;
    public const int VertexPoint = 0; // [3] m
    public const int VertexFirst = 3; // [3] on the first shape, m
    public const int VertexSecond = 6; // [3] on the second shape, m
    public const int VertexStride = 9;
    public const int SimplexCount = 5; // four and one to test with
    public const int VertexCount = SimplexCount + 5 + IterationMax;

    // Barycentric coordinates.
    public const int Weight = Vertex + (VertexStride * VertexCount); // [4]

    // Faces of the polytope.
    public const int Face = Weight + 4;
    public const int FaceNormal = 0; // [3] projection of the origin, m
    public const int FaceSquare = 3; // its squared length, m²
    public const int FaceStride = 4;
    public const int FaceMax = 6 * IterationMax;
    public const int NumberCount = Face + (FaceStride * FaceMax);

    // Integers of a shape.
    public const int ShapeKind = 0; // a GeomKind, or Shrunk + one
    public const int ShapeAsset = 1; // first integer of its mesh, or -1
    public const int ShapeVertex = 2; // vertex of the mesh that the last search found
    public const int ShapeIndexStride = 3;
    public const int Shrunk = 100; // a sphere as a point, a capsule as a line

    // Integers of vertices and faces.
    public const int VertexIndex = 4 * ShapeIndexStride; // [vertex, 2] of both meshes
    public const int FaceIndex = VertexIndex + (2 * VertexCount);
    public const int FaceVertex = 0; // [3]
    public const int FaceBeside = 3; // [3] faces across the edges 0-1, 1-2, 2-0
    public const int FacePlace = 6; // in the list of candidates, or one of the following
    public const int FaceIndexStride = 7;
    public const int NotListed = -1;
    public const int Deleted = -2;

    // Candidate faces, the edge of the visible part, and the search for it.
    public const int List = FaceIndex + (FaceIndexStride * FaceMax);
    public const int HorizonMax = 64;
    public const int Horizon = List + FaceMax; // [edge, 2] face beyond, its edge
    public const int Stack = Horizon + (2 * HorizonMax); // [depth, 3] face, edge, next
    public const int StackMax = FaceMax;
    public const int VertexTotal = Stack + (3 * StackMax); // vertices of the polytope
    public const int FaceTotal = VertexTotal + 1;
    public const int ListTotal = FaceTotal + 1;
    public const int HorizonTotal = ListTotal + 1;
    public const int IndexCount = HorizonTotal + 1;
}
