using System.Runtime.InteropServices;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Rendering;
using HilRig.Sim.Spatial;

namespace HilRig.Sim.Tests.Rendering;

public sealed class ArmRendererTests
{
    private const int Side = 65;
    private const int Middle = Side / 2;

    // The camera stands 2 m before the shape, level with it, and sees 0.01 m a pixel at 2 m.
    private static readonly CameraView View =
        CameraView.LookAt(new Vector3(2, 0, 1), new Vector3(0, 0, 1), 200);

    [TestCase("type='sphere' size='0.2'", 1.8)]
    [TestCase("type='box' size='0.3 0.1 0.1'", 1.7)]
    [TestCase("type='capsule' size='0.1 0.2'", 1.9)]
    [TestCase("type='cylinder' size='0.15 0.2'", 1.85)]
    [TestCase("type='cylinder' size='0.15 0.25' euler='0 90 0'", 1.75)]
    [TestCase("type='capsule' size='0.1 0.2' euler='0 90 0'", 1.7)]
    [TestCase("type='ellipsoid' size='0.4 0.1 0.1'", 1.6)]
    public void Depth_is_the_distance_to_the_surface(string geom, double expected)
    {
        float[] depth = Draw(geom, 0, out ArmRenderer renderer);
        Assert.That(depth[(Middle * Side) + Middle], Is.EqualTo(expected).Within(1e-3));
        Assert.That(renderer.Seen, Has.Count.EqualTo(1));
        Assert.That(renderer.Seen[0].Hidden, Is.EqualTo(0).Within(0.02));
    }

    [Test]
    public void Depth_is_along_the_ray_and_not_along_the_axis()
    {
        float[] depth = Draw("type='box' size='0.1 1 1'", 0, out _);

        // 20 pixels right of the middle at a focal length of 200: the ray is longer by √1.01.
        Assert.That(
            depth[(Middle * Side) + Middle + 20],
            Is.EqualTo(1.9 * Math.Sqrt(1.01)).Within(1e-3));
    }

    [Test]
    public void A_box_around_a_ball_is_as_wide_as_the_ball()
    {
        Draw("type='sphere' size='0.2'", 0, out ArmRenderer renderer);
        SeenBody seen = renderer.Seen[0];

        // tan of asin(0.2 / 2), times 200 pixels, on both sides of the middle.
        double half = 200 * Math.Tan(Math.Asin(0.1));
        Assert.That(seen.MaxX - seen.MinX + 1, Is.EqualTo(2 * half).Within(2));
        Assert.That(seen.MaxY - seen.MinY + 1, Is.EqualTo(2 * half).Within(2));
    }

    [Test]
    public void A_joint_moves_the_picture()
    {
        // The slider goes to the camera's right, which is +y for a camera that looks along -x.
        Draw("type='sphere' size='0.05'", 0.1, out ArmRenderer renderer);
        SeenBody seen = renderer.Seen[0];
        Assert.That((seen.MinX + seen.MaxX) / 2.0, Is.EqualTo(Middle + 10).Within(1));
    }

    [Test]
    public void Where_nothing_is_depth_is_infinite()
    {
        float[] depth = Draw("type='sphere' size='0.05'", 0, out _);
        Assert.That(depth[0], Is.EqualTo(float.PositiveInfinity));
    }

    [Test]
    public void A_lens_without_focal_length_sees_nothing()
    {
        Draw("type='sphere' size='0.2'", 0, out ArmRenderer renderer, View with
        {
            FocalPixels = 0,
        });
        Assert.That(renderer.Seen, Is.Empty);
    }

    private static float[] Draw(
        string geom, double slide, out ArmRenderer renderer, CameraView? view = null)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, $"""
                <mujoco><worldbody><body name='thing' pos='0 0 1'>
                  <joint name='slide' type='slide' axis='0 1 0'/>
                  <geom {geom} mass='1' contype='0' conaffinity='0' rgba='1 0 0 1'/>
                </body></worldbody></mujoco>
                """);
            Model model = MjcfLoader.Load(path);
            renderer = new ArmRenderer(model, Side, Side);
        }
        finally
        {
            File.Delete(path);
        }

        var color = new byte[Side * Side * 4];
        var depth = new float[Side * Side];
        Array.Fill(depth, float.NaN);
        renderer.Render([slide], view ?? View, color, MemoryMarshal.AsBytes(depth.AsSpan()));
        Assert.That(depth, Has.None.NaN);
        return depth;
    }
}
