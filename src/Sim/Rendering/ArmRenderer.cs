using System.Runtime.InteropServices;
using HilRig.Sim.Models;
using Float3 = System.Numerics.Vector3;

namespace HilRig.Sim.Rendering;

/// <summary>
/// Colour and depth of an arm on a chequered floor (z = 0), one ray a pixel, flat light. Depth is
/// the distance to the camera along the ray, m; infinite where there is nothing. What stands still
/// is drawn once.
/// </summary>
public sealed class ArmRenderer
{
    private const float Tile = 0.1f;
    private static readonly Float3 Light = Float3.Normalize(new Float3(0.4f, -0.5f, 0.8f));

    private readonly Model _model;
    private readonly BodyPoses _poses;
    private readonly int _width;
    private readonly int _height;
    private readonly Float3[] _rays;
    private readonly uint[] _floorColor;
    private readonly float[] _floorDepth;
    private readonly short[] _seenBody;
    private readonly int[] _outline;
    private readonly int[] _outlinePixels;
    private readonly List<SeenBody> _seen = [];
    private CameraView _floorView;
    private bool _hasFloor;
    private int _picture;

    /// <summary>Makes a renderer.</summary>
    /// <param name="model">What to draw.</param>
    /// <param name="width">Columns.</param>
    /// <param name="height">Rows.</param>
    public ArmRenderer(Model model, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        _model = model;
        _poses = new BodyPoses(model);
        _width = width;
        _height = height;
        int pixels = width * height;
        _rays = new Float3[pixels];
        _floorColor = new uint[pixels];
        _floorDepth = new float[pixels];
        _seenBody = new short[pixels];
        _outline = new int[pixels];
        _outlinePixels = new int[model.Bodies.Count];
    }

    /// <summary>The bodies that the last picture shows.</summary>
    public IReadOnlyList<SeenBody> Seen => _seen;

    /// <summary>Draws a picture.</summary>
    /// <param name="jointPosition">Positions. Shape [position].</param>
    /// <param name="view">The camera.</param>
    /// <param name="color">Receives RGBA8. Shape [height, width, 4].</param>
    /// <param name="depth">Receives float32, m. Shape [height, width], as bytes.</param>
    public void Render(
        ReadOnlySpan<double> jointPosition, CameraView view, Span<byte> color, Span<byte> depth)
    {
        Span<uint> pixels = MemoryMarshal.Cast<byte, uint>(color);
        Span<float> distances = MemoryMarshal.Cast<byte, float>(depth);
        if (!_hasFloor || view != _floorView)
        {
            DrawFloor(view);
        }

        _floorColor.CopyTo(pixels);
        _floorDepth.CopyTo(distances);
        Array.Fill(_seenBody, (short)-1);
        Array.Clear(_outlinePixels);
        _picture = (_picture + 1) & 0xFFFF;
        if (view.FocalPixels > 0)
        {
            _poses.Update(jointPosition);
            foreach (ModelGeom geom in _model.Geoms)
            {
                if (geom.Alpha > 0 && IsSolid(geom.Kind))
                {
                    Draw(geom, view, pixels, distances);
                }
            }
        }

        FindSeen();
    }

    private void DrawFloor(CameraView view)
    {
        _floorView = view;
        _hasFloor = true;
        float focal = (float)view.FocalPixels;
        var worldFromCamera = new Turn(view.Orientation);
        Float3 eye = ToFloat(view.Position);
        for (int y = 0, i = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++, i++)
            {
                Float3 ray = focal > 0
                    ? Float3.Normalize(new Float3(
                        (x + 0.5f - (_width / 2f)) / focal,
                        (y + 0.5f - (_height / 2f)) / focal,
                        1))
                    : default;
                _rays[i] = ray;
                Float3 inWorld = worldFromCamera.Forward(ray);
                float t = inWorld.Z < 0 && eye.Z > 0 ? -eye.Z / inWorld.Z : float.PositiveInfinity;
                _floorDepth[i] = t;
                _floorColor[i] = float.IsFinite(t)
                    ? Floor(eye + (t * inWorld))
                    : Pack(new Float3(0.55f, 0.65f, 0.75f));
            }
        }
    }

    private static uint Floor(Float3 at)
    {
        bool dark = (((int)MathF.Floor(at.X / Tile) + (int)MathF.Floor(at.Y / Tile)) & 1) == 0;
        return Pack(dark ? new Float3(0.35f) : new Float3(0.45f));
    }

    private void Draw(
        ModelGeom geom, CameraView view, Span<uint> pixels, Span<float> distances)
    {
        Spatial.UnitQuaternion body = _poses.Orientation[geom.Body];
        Spatial.Vector3 center = _poses.Position[geom.Body] + body.Rotate(geom.Position);
        var worldFromGeom = new Turn(body * geom.Orientation);
        var worldFromCamera = new Turn(view.Orientation);
        Float3 toEye = ToFloat(view.Position - center);
        Float3 origin = worldFromGeom.Back(toEye);
        Float3 inCamera = worldFromCamera.Back(-toEye);
        Float3 size = ToFloat(geom.Size);
        Float3 light = worldFromGeom.Back(Light);
        Float3 color = ToFloat(geom.Color);
        (int left, int top, int right, int bottom) = Bounds(inCamera, Radius(geom.Kind, size));
        for (int y = top; y <= bottom; y++)
        {
            for (int x = left; x <= right; x++)
            {
                int i = (y * _width) + x;
                Float3 ray = worldFromGeom.Back(worldFromCamera.Forward(_rays[i]));
                float t = SolidHit.Find(geom.Kind, size, origin, ray, out Float3 normal);
                if (t == float.PositiveInfinity)
                {
                    continue;
                }

                CountOutline(i, geom.Body);
                if (t < distances[i])
                {
                    distances[i] = t;
                    float bright = 0.4f + (0.6f * Math.Max(0, Float3.Dot(normal, light)));
                    pixels[i] = Pack(bright * color);
                    _seenBody[i] = (short)geom.Body;
                }
            }
        }
    }

    // Geoms come body by body, so the last body at a pixel tells whether it was counted there.
    private void CountOutline(int pixel, int body)
    {
        int mark = (_picture * _model.Bodies.Count) + body;
        if (_outline[pixel] != mark)
        {
            _outline[pixel] = mark;
            _outlinePixels[body]++;
        }
    }

    private void FindSeen()
    {
        _seen.Clear();
        int bodies = _model.Bodies.Count;
        Span<int> box = stackalloc int[5 * bodies];
        for (int body = 0; body < bodies; body++)
        {
            box[5 * body] = box[(5 * body) + 1] = int.MaxValue;
        }

        for (int y = 0, i = 0; y < _height; y++)
        {
            for (int x = 0; x < _width; x++, i++)
            {
                if (_seenBody[i] >= 0)
                {
                    Span<int> own = box.Slice(5 * _seenBody[i], 5);
                    own[0] = Math.Min(own[0], x);
                    own[1] = Math.Min(own[1], y);
                    own[2] = Math.Max(own[2], x);
                    own[3] = Math.Max(own[3], y);
                    own[4]++;
                }
            }
        }

        for (int body = 0; body < bodies; body++)
        {
            Span<int> own = box.Slice(5 * body, 5);
            if (own[4] > 0)
            {
                double hidden = 1 - ((double)own[4] / _outlinePixels[body]);
                _seen.Add(new SeenBody(body, own[0], own[1], own[2], own[3], hidden));
            }
        }
    }

    // The picture of the ball around a solid, or all of it when the camera is in the ball.
    private (int Left, int Top, int Right, int Bottom) Bounds(Float3 center, float radius)
    {
        if (center.Z < -radius)
        {
            return (0, 0, -1, -1);
        }

        float near = center.Z - radius;
        if (near <= 1e-3f)
        {
            return (0, 0, _width - 1, _height - 1);
        }

        float far = center.Z + radius;
        float focal = (float)_floorView.FocalPixels;
        (int left, int right) = Span(center.X, _width);
        (int top, int bottom) = Span(center.Y, _height);
        return (left, top, right, bottom);

        (int First, int Last) Span(float middle, int length)
        {
            float low = middle - radius;
            float high = middle + radius;
            float first = focal * Math.Min(low / near, low / far);
            float last = focal * Math.Max(high / near, high / far);
            return (
                (int)Math.Clamp(first + (length / 2f) - 1, 0, length),
                (int)Math.Clamp(last + (length / 2f) + 1, -1, length - 1));
        }
    }

    // Planes, meshes and height fields are not drawn.
    private static bool IsSolid(GeomKind kind) =>
        kind is not (GeomKind.Plane or GeomKind.Mesh or GeomKind.HeightField);

    private static float Radius(GeomKind kind, Float3 size) => kind switch
    {
        GeomKind.Sphere => size.X,
        GeomKind.Capsule => size.X + size.Y,
        GeomKind.Cylinder => MathF.Sqrt((size.X * size.X) + (size.Y * size.Y)),
        GeomKind.Ellipsoid or GeomKind.Box => size.Length(),
        GeomKind.Plane or GeomKind.Mesh or GeomKind.HeightField => 0,
    };

    private static Float3 ToFloat(Spatial.Vector3 vector) =>
        new((float)vector.X, (float)vector.Y, (float)vector.Z);

    // RGBA8 in memory order, little endian.
    private static uint Pack(Float3 color)
    {
        Float3 scaled = Float3.Clamp(color, default, Float3.One) * 255;
        return 0xFF000000u | ((uint)scaled.Z << 16) | ((uint)scaled.Y << 8) | (uint)scaled.X;
    }

    /// <summary>A rotation as its columns, for many vectors.</summary>
    private readonly struct Turn
    {
        private readonly Float3 _x;
        private readonly Float3 _y;
        private readonly Float3 _z;

        public Turn(Spatial.UnitQuaternion rotation)
        {
            _x = ToFloat(rotation.Rotate(new Spatial.Vector3(1, 0, 0)));
            _y = ToFloat(rotation.Rotate(new Spatial.Vector3(0, 1, 0)));
            _z = ToFloat(rotation.Rotate(new Spatial.Vector3(0, 0, 1)));
        }

        public Float3 Forward(Float3 v) => (v.X * _x) + (v.Y * _y) + (v.Z * _z);

        public Float3 Back(Float3 v) =>
            new(Float3.Dot(v, _x), Float3.Dot(v, _y), Float3.Dot(v, _z));
    }
}
