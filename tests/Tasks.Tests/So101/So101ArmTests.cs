using System.Globalization;
using System.Numerics;
using System.Xml.Linq;
using HilRig.Core.Sampling;
using HilRig.Tasks.So101;

namespace HilRig.Tasks.Tests.So101;

public sealed class So101ArmTests
{
    [Test]
    public void The_tool_is_where_the_bodies_of_the_scene_file_put_it()
    {
        XElement root = XElement.Parse(new So101ReachTask().Description.ReadModel());
        XElement site = root.Descendants("site").Single(
            element => element.Attribute("name")?.Value == "tool");
        var random = new CounterRandom(1, 0);
        double[] joints = new double[6];
        for (ulong pose = 0; pose < 50; pose++)
        {
            for (int k = 0; k < joints.Length; k++)
            {
                joints[k] = 1.5 * random.Symmetric((pose * 6) + (ulong)k);
            }

            (double X, double Y, double Z) tool = So101Arm.Tool(joints);
            Vector3 expected = Compose(site, joints);
            Assert.Multiple(() =>
            {
                Assert.That(tool.X, Is.EqualTo(expected.X).Within(1e-6));
                Assert.That(tool.Y, Is.EqualTo(expected.Y).Within(1e-6));
                Assert.That(tool.Z, Is.EqualTo(expected.Z).Within(1e-6));
            });
        }
    }

    [TestCase(0.24, 0, 0.02, 1.2)]
    [TestCase(0.3, 0.1, 0.02, 0.8)]
    [TestCase(0.22, -0.15, 0.2, 0.3)]
    public void Solved_joints_bring_the_tool_there_at_the_pitch(
        double x, double y, double z, double pitch)
    {
        double[] joints = new double[6];
        So101Arm.Solve((x, y, z), pitch, joints);
        (double X, double Y, double Z) tool = So101Arm.Tool(joints);
        Assert.Multiple(() =>
        {
            Assert.That(tool.X, Is.EqualTo(x).Within(1e-9));
            Assert.That(tool.Y, Is.EqualTo(y).Within(1e-9));
            Assert.That(tool.Z, Is.EqualTo(z).Within(1e-9));
            Assert.That(joints[1] + joints[2] + joints[3], Is.EqualTo(pitch).Within(1e-9));
        });
    }

    [Test]
    public void Home_is_the_keyframe_of_the_shipped_model()
    {
        XElement root = XElement.Parse(new So101ReachTask().Description.ReadModel());
        XElement home = root.Descendants("key").Single(
            key => key.Attribute("name")?.Value == "home");
        Assert.That(So101Arm.Home.ToArray(), Is.EqualTo(Numbers(home, "qpos")));
    }

    // From the site outward: each body turns its content about its hinge, then moves it.
    private static Vector3 Compose(XElement site, double[] joints)
    {
        Vector3 point = Vector(site, "pos");
        foreach (XElement body in site.Ancestors("body"))
        {
            if (body.Element("joint") is { } joint)
            {
                int index = So101Arm.Joints.ToList().IndexOf(joint.Attribute("name")!.Value);
                point = Vector3.Transform(
                    point,
                    Quaternion.CreateFromAxisAngle(
                        Vector(joint, "axis"), (float)joints[index]));
            }

            point += Vector(body, "pos");
        }

        return point;
    }

    private static Vector3 Vector(XElement element, string name)
    {
        double[] numbers = Numbers(element, name);
        return numbers.Length == 0
            ? Vector3.Zero
            : new((float)numbers[0], (float)numbers[1], (float)numbers[2]);
    }

    private static double[] Numbers(XElement element, string name) =>
    [
        .. (element.Attribute(name)?.Value ?? "")
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => double.Parse(word, CultureInfo.InvariantCulture)),
    ];
}
