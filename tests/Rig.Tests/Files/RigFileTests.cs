using HilRig.Core.Errors;
using HilRig.Core.Rigs;
using HilRig.Rig.Files;

namespace HilRig.Rig.Tests.Files;

public sealed class RigFileTests
{
    [TestCase("rigs/so101-virtual.yaml", 0.25)]
    [TestCase("rigs/so101-usb.yaml", 0.1)]
    public void Shipped_rigs_load_with_six_joints(string file, double deadmanSeconds)
    {
        RigDescription rig = RigFile.Load(Repository.File(file));

        Assert.That(rig.Joints, Has.Count.EqualTo(6));
        Assert.That(rig.Joints[2].Name, Is.EqualTo("elbow_flex"));
        Assert.That(rig.Joints[2].Actuators[0].TicksPerRadian, Is.EqualTo(651.8986).Within(1e-4));
        Assert.That(rig.Sha256, Has.Length.EqualTo(64));
        Assert.That(rig.DeadmanSeconds, Is.EqualTo(deadmanSeconds));
    }

    [TestCase("deadman: 250 ms", "deadmann: 250 ms", "deadmann", "deadman")]
    [TestCase("velocity: 4 rad/s", "velocity: 4 rad", "rad/s", "velocity")]
    [TestCase(
        "soft: { min: -1.8 rad, max: 1.8 rad }",
        "soft: { min: -9 rad, max: 1.8 rad }",
        "hard limits",
        "shoulder_pan")]
    [TestCase("id: 2\n", "id: 1\n", "id 1", "Two actuators")]
    [TestCase("name: elbow_flex", "name: shoulder_pan", "Two joints", "shoulder_pan")]
    [TestCase("zero: 2048", "zero: 4000", "encoder", "counts")]
    [TestCase("position_p", "position_q", "position_q", "position_p")]
    [TestCase("bus: servo", "bus: other", "'other'", "one of servo")]
    [TestCase("shoulder_lift: -1.6 rad", "shoulder_lift: -3 rad", "rest position", "soft limits")]
    [TestCase("policy: hold-then-lower", "policy: drop", "drop", "hold-then-lower")]
    [TestCase("kind: revolute", "kind: sliding", "sliding", "prismatic")]
    public void A_fault_is_named_with_its_place_and_what_was_expected(
        string right, string wrong, string says, string alsoSays)
    {
        string text = File.ReadAllText(Repository.File("rigs/so101-virtual.yaml"));
        int place = text.IndexOf(right, StringComparison.Ordinal);
        Assert.That(place, Is.GreaterThanOrEqualTo(0), "the test's own text is stale");
        string path = Path.Combine(
            TestContext.CurrentContext.WorkDirectory, Guid.NewGuid() + ".yaml");
        File.WriteAllText(path, text[..place] + wrong + text[(place + right.Length)..]);
        try
        {
            var error = Assert.Throws<ScenarioException>(() => RigFile.Load(path));

            Assert.That(error!.Message, Does.Contain(path).And.Contain(says).And.Contain(alsoSays));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void A_controller_that_sets_the_pace_needs_no_servos()
    {
        RigDescription rig = RigFile.Load(Repository.File("rigs/arm7-virtual.yaml"));

        Assert.That(rig.IsPacketClocked, Is.True);
        Assert.That(rig.Joints, Has.Count.EqualTo(7));
        Assert.That(rig.Digest, Is.EqualTo(Convert.ToUInt64(rig.Sha256[..16], 16)));
    }

    [Test]
    public void Two_arms_keep_their_joints_apart_by_namespace()
    {
        string text = File.ReadAllText(Repository.File("rigs/so101-usb.yaml"));
        int arm = text.IndexOf("  - model:", StringComparison.Ordinal);
        string left = text[arm..].Replace(
            "  - model:", "  - namespace: left\n    model:", StringComparison.Ordinal);
        string right = left.Replace("left", "right", StringComparison.Ordinal)
            .Replace("bus: servo", "bus: second", StringComparison.Ordinal);
        string head = text[..arm]
            .Replace(
                "buses:",
                "buses:\n  second: { port: /dev/ttyACM1, baud: 1000000, protocol: feetech-sts }",
                StringComparison.Ordinal)
            .Replace(
                "{ shoulder_lift: -1.6 rad, elbow_flex: 1.6 rad, wrist_flex: 0.8 rad }",
                "{ left/elbow_flex: 1.6 rad }",
                StringComparison.Ordinal);
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "two-arms.yaml");
        File.WriteAllText(path, head + left + right);

        RigDescription rig = RigFile.Load(path);

        Assert.That(rig.Joints, Has.Count.EqualTo(12));
        Assert.That(rig.Joints[0].Name, Is.EqualTo("left/shoulder_pan"));
        Assert.That(rig.Joints[6].Name, Is.EqualTo("right/shoulder_pan"));
        Assert.That(rig.Joints[6].ModelJoint, Is.EqualTo("shoulder_pan"));
    }
}
