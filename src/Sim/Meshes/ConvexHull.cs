using HilRig.Sim.Spatial;

namespace HilRig.Sim.Meshes;

/// <summary>
/// Convex hull by Quickhull (C. B. Barber, D. P. Dobkin, H. Huhdanpaa, 1996), on corners rounded to
/// a grid of 2^-30 of the extent. All tests on it are exact, so no rounding can break the topology:
/// coplanar and collinear corners, equal ones and slivers are ordinary cases, and the result is the
/// same on every machine. A corner that only lies on a face or an edge is no corner of the hull.
/// </summary>
internal sealed class ConvexHull
{
    private readonly GridPoint[] _points;
    private readonly List<HullFace> _faces = [];

    private ConvexHull(GridPoint[] points) => _points = points;

    /// <summary>
    /// Corners of the hull's triangles, counter-clockwise from outside. Shape [triangle, 3].
    /// </summary>
    /// <param name="vertices">Corners of the mesh.</param>
    /// <param name="cornerMax">Where to stop; 0 for the whole hull.</param>
    /// <exception cref="FormatException">All corners lie in one plane.</exception>
    public static int[] Of(IReadOnlyList<Vector3> vertices, int cornerMax = 0)
    {
        var hull = new ConvexHull(Round(vertices));
        hull.Begin();
        hull.Grow(cornerMax);
        return [.. hull._faces.Where(face => !face.IsGone).SelectMany(face => face.Corners)];
    }

    private static GridPoint[] Round(IReadOnlyList<Vector3> vertices)
    {
        Vector3 low = vertices[0];
        Vector3 high = low;
        foreach (Vector3 v in vertices)
        {
            low = new(Math.Min(low.X, v.X), Math.Min(low.Y, v.Y), Math.Min(low.Z, v.Z));
            high = new(Math.Max(high.X, v.X), Math.Max(high.Y, v.Y), Math.Max(high.Z, v.Z));
        }

        Vector3 middle = 0.5 * (low + high);
        Vector3 half = high - middle;
        double extent = Math.Max(half.X, Math.Max(half.Y, half.Z));
        double scale = extent > 0 ? GridPoint.Reach / extent : 0;
        return
        [
            .. vertices.Select(v => new GridPoint(
                (long)Math.Round(scale * (v.X - middle.X)),
                (long)Math.Round(scale * (v.Y - middle.Y)),
                (long)Math.Round(scale * (v.Z - middle.Z)))),
        ];
    }

    // A tetrahedron: the two ends of the set, the corner farthest from their line, the one farthest
    // from that plane.
    private void Begin()
    {
        int a = 0;
        int b = 0;
        for (int i = 0; i < _points.Length; i++)
        {
            a = _points[i].CompareTo(_points[a]) < 0 ? i : a;
            b = _points[i].CompareTo(_points[b]) > 0 ? i : b;
        }

        GridPoint line = _points[b] - _points[a];
        int c = Farthest(i =>
        {
            GridPoint n = GridPoint.Cross(line, _points[i] - _points[a]);
            return Square(n);
        });
        var floor = new HullFace(a, b, c, _points);
        int d = floor.IsFlat ? -1 : Farthest(i => Math.Abs((double)floor.Height(_points[i])));
        if (d < 0 || floor.Height(_points[d]) == 0)
        {
            throw new FormatException("all corners lie in one plane: there is no hull");
        }

        if (floor.Height(_points[d]) > 0)
        {
            (b, c) = (c, b);
        }

        HullFace[] start =
        [
            new(a, b, c, _points), new(a, c, d, _points), new(c, b, d, _points),
            new(b, a, d, _points),
        ];
        foreach (HullFace face in start)
        {
            for (int edge = 0; edge < 3; edge++)
            {
                face.Neighbors[edge] = start.First(other =>
                    other != face && other.EdgeFrom(face.Corners[(edge + 1) % 3]) is >= 0 and int k
                    && other.Corners[(k + 1) % 3] == face.Corners[edge]);
            }
        }

        _faces.AddRange(start);
        Share(Enumerable.Range(0, _points.Length), start);
    }

    private static double Square(GridPoint n) =>
        ((double)n.X * n.X) + ((double)n.Y * n.Y) + ((double)n.Z * n.Z);

    private int Farthest(Func<int, double> distance)
    {
        int best = 0;
        double most = -1;
        for (int i = 0; i < _points.Length; i++)
        {
            double one = distance(i);
            if (one > most)
            {
                (best, most) = (i, one);
            }
        }

        return best;
    }

    private void Grow(int cornerMax)
    {
        int corners = 4;
        for (int next = 0; next < _faces.Count; next++)
        {
            HullFace face = _faces[next];
            if (face.IsGone || face.Outside.Count == 0)
            {
                continue;
            }

            if (cornerMax > 0 && corners >= cornerMax)
            {
                return;
            }

            Add(face, Top(face));
            corners++;
        }
    }

    // Among equally high points the last in order is a true corner of the hull.
    private int Top(HullFace face)
    {
        int best = face.Outside[0];
        Int128 most = face.Height(_points[best]);
        foreach (int i in face.Outside)
        {
            Int128 height = face.Height(_points[i]);
            if (height > most || (height == most && _points[i].CompareTo(_points[best]) > 0))
            {
                (best, most) = (i, height);
            }
        }

        return best;
    }

    // Replaces the faces that see a point by a cone from their outline to it.
    private void Add(HullFace seed, int eye)
    {
        var visible = new List<HullFace> { seed };
        var outline = new List<(int From, int To, HullFace Beyond)>();
        seed.IsGone = true;
        for (int i = 0; i < visible.Count; i++)
        {
            HullFace face = visible[i];
            for (int edge = 0; edge < 3; edge++)
            {
                HullFace beyond = face.Neighbors[edge];
                if (beyond.IsGone)
                {
                    continue;
                }

                if (beyond.Height(_points[eye]) > 0)
                {
                    beyond.IsGone = true;
                    visible.Add(beyond);
                }
            }
        }

        foreach (HullFace face in visible)
        {
            for (int edge = 0; edge < 3; edge++)
            {
                if (!face.Neighbors[edge].IsGone)
                {
                    outline.Add((
                        face.Corners[edge], face.Corners[(edge + 1) % 3], face.Neighbors[edge]));
                }
            }
        }

        var cone = new List<HullFace>(outline.Count);
        var byStart = new Dictionary<int, HullFace>(outline.Count);
        foreach ((int from, int to, HullFace beyond) in outline)
        {
            var face = new HullFace(from, to, eye, _points);
            face.Neighbors[0] = beyond;
            beyond.Neighbors[beyond.EdgeFrom(to)] = face;
            cone.Add(face);
            byStart[from] = face;
        }

        foreach (HullFace face in cone)
        {
            HullFace after = byStart[face.Corners[1]];
            face.Neighbors[1] = after;
            after.Neighbors[2] = face;
        }

        _faces.AddRange(cone);
        Share(visible.SelectMany(face => face.Outside).Where(i => i != eye), cone);
    }

    // Gives each point to the first face that it is beyond; one beyond none is inside for good.
    private void Share(IEnumerable<int> points, IReadOnlyList<HullFace> faces)
    {
        foreach (int i in points)
        {
            foreach (HullFace face in faces)
            {
                if (face.Height(_points[i]) > 0)
                {
                    face.Outside.Add(i);
                    break;
                }
            }
        }
    }
}
