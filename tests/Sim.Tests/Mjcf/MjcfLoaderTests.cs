using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Models;
using HilRig.Sim.Spatial;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Mjcf;

/// <summary>
/// What the loader accepts and what becomes of it; numbers are compared in Parity.
/// </summary>
internal sealed class MjcfLoaderTests
{
    private static readonly string[] Arm =
        ["shoulder_pan", "shoulder_lift", "elbow_flex", "wrist_flex", "wrist_roll", "gripper"];

    [TestCase("so101.xml")]
    [TestCase("so101-hidden.xml")]
    public void The_shipped_arm_has_six_joints_and_three_keyframes(string file)
    {
        Model model = MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, file));
        Assert.Multiple(() =>
        {
            Assert.That(model.Joints.Select(joint => joint.Name), Is.EqualTo(Arm));
            Assert.That(
                model.Keyframes.Select(key => key.Name),
                Is.EqualTo((string[])["zero", "home", "rest"]));
            Assert.That(model.Joints.All(joint => joint.Limited));
            Assert.That(model.Notices, Is.Empty);
        });
    }

    [Test]
    public void The_hidden_arm_is_8_to_15_percent_heavier_and_has_no_actuators()
    {
        Model twin = MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "so101.xml"));
        Model hidden = MjcfLoader.Load(Path.Combine(TestFiles.ShippedModels, "so101-hidden.xml"));
        Assert.That(hidden.Actuators, Is.Empty);
        for (int body = 2; body < twin.Bodies.Count; body++)
        {
            double ratio = hidden.Bodies[body].Mass / twin.Bodies[body].Mass;
            Assert.That(ratio, Is.InRange(1.08, 1.15), twin.Bodies[body].Name);
        }
    }

    [Test]
    public void Every_shipped_model_loads()
    {
        string[] models = Directory.GetFiles(TestFiles.ShippedModels, "pendulum-xl330*.xml");
        foreach (string path in models.Where(path => !path.EndsWith("-arm.xml")))
        {
            Assert.That(MjcfLoader.Load(path).DofCount, Is.EqualTo(1), path);
        }
    }

    [Test]
    public void Sensors_that_are_not_simulated_are_skipped_on_request_and_named()
    {
        using var file = new ModelFile(ModelFile.OneHinge(
            inBody: "<site name='s'/>",
            beside: "<sensor><rangefinder site='s'/><gyro site='s'/></sensor>"));
        Model model = MjcfLoader.Load(file.Path, new MjcfOptions { SkipSensors = true });
        Assert.That(model.Sensors.Single().Kind, Is.EqualTo(SensorKind.Gyro));
        Assert.That(
            model.Notices.Select(notice => notice.Text),
            Does.Contain("sensor <rangefinder> skipped: it is not simulated"));
    }

    [Test]
    public void Room_for_contacts_comes_from_the_caller_else_from_a_large_nconmax()
    {
        using var file = new ModelFile(ModelFile.OneHinge(beside: "<size nconmax='300'/>"));
        using var small = new ModelFile(ModelFile.OneHinge(beside: "<size nconmax='30'/>"));
        var five = new MjcfOptions { ContactMax = 5 };
        Assert.That(MjcfLoader.Load(file.Path).Options.ContactMax, Is.EqualTo(300));
        Assert.That(MjcfLoader.Load(small.Path).Options.ContactMax, Is.Zero);
        Assert.That(MjcfLoader.Load(file.Path, five).Options.ContactMax, Is.EqualTo(5));
    }

    [Test]
    public void Drawn_elements_are_listed_as_ignored_with_their_place()
    {
        using var file = new ModelFile(ModelFile.OneHinge(
            inBody: "<camera name='c'/><light/>",
            beside: "<visual/><asset><material name='m'/><texture name='t'/></asset>"));
        string[] notices = [.. file.Load().Notices.Select(notice => notice.ToString())];
        Assert.That(notices, Has.Length.EqualTo(4));
        Assert.That(notices, Has.Some.Contain("model.xml:3: <visual> ignored"));
        Assert.That(notices, Has.Some.Contain("model.xml:8: <camera> ignored"));
    }

    [Test]
    public void Geoms_keep_their_contact_attributes_and_their_order()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            inBody: "<geom name='b' size='0.2' condim='4' friction='0.5' priority='2' solmix='3' "
                + "margin='0.1' gap='0.05' contype='6' conaffinity='5' rgba='1 0 0 0' group='3'/>"
                + "<geom type='box' size='1 2 3'/>",
            beside: "<worldbody><geom name='floor' type='plane' size='0 0 1'/></worldbody>"));
        Assert.That(
            model.Geoms.Select(geom => (geom.Name, geom.Body, geom.Kind)),
            Is.EqualTo(((string, int, GeomKind)[])
                [("floor", 0, GeomKind.Plane), ("b", 1, GeomKind.Sphere), ("", 1, GeomKind.Box)]));
        ModelGeom geom = model.Geoms[1];
        Assert.That(
            (geom.ContactDimension, geom.Priority, geom.ContactType, geom.ContactAffinity),
            Is.EqualTo((4, 2, 6, 5)));
        Assert.That(geom.Friction, Is.EqualTo(new Vector3(0.5, 0.005, 0.0001)));
        Assert.That((geom.SoftnessWeight, geom.Margin, geom.Gap), Is.EqualTo((3, 0.1, 0.05)));
        Assert.That((geom.Alpha, geom.Group, geom.BoundingRadius), Is.EqualTo((0.0, 3, 0.2)));
        Assert.That(model.Geoms[2].BoundingRadius, Is.EqualTo(Math.Sqrt(14)).Within(1e-15));
        Assert.That(model.Notices, Is.Empty);
    }

    [Test]
    public void Meshes_are_refused_unless_they_may_be_skipped()
    {
        using var file = new ModelFile(ModelFile.OneHinge(
            inBody: "<geom type='mesh' mesh='gone'/>",
            beside: "<asset><mesh file='gone.stl'/></asset>"));
        Assert.Throws<ModelException>(() => file.Load());
        Model model = file.Load(skipMeshes: true);
        Assert.That(model.Notices.Select(n => n.Text), Is.EqualTo((string[])["mesh geom skipped"]));
    }

    [Test]
    public void A_mesh_that_is_no_mesh_is_refused_with_its_file()
    {
        using var file = new ModelFile(ModelFile.OneHinge(
            inBody: "<geom type='mesh' mesh='part'/>",
            beside: "<asset><mesh file='part.stl'/></asset>"));
        file.Add("part.stl", "solid");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(
            fault!.Message,
            Does.Contain("0 triangles").And.Contain("part.stl").And.Contain("--skip-meshes"));
    }

    [Test]
    public void A_skipped_mesh_that_would_give_mass_says_so()
    {
        using var file = new ModelFile(ModelFile.OneHinge(
            inBody: "<body><joint/><geom size='0.1'/><geom type='mesh' mesh='m'/></body>",
            beside: "<asset><mesh name='m' file='m.stl'/></asset>"));
        Assert.That(
            file.Load(skipMeshes: true).Notices,
            Has.Some.Property("Text").Contains("the mass it would give its body"));
    }

    [Test]
    public void A_class_hands_its_attributes_down_and_the_element_wins()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            joint: "class='inner' damping='3'",
            beside: """
                <default><joint armature='1' damping='1'/>
                  <default class='outer'><joint frictionloss='2' damping='2'/>
                    <default class='inner'><joint stiffness='5'/></default>
                  </default>
                </default>
                """));
        ModelJoint joint = model.Joints[0];
        Assert.That(
            (joint.Armature, joint.FrictionLoss, joint.Stiffness, joint.Damping),
            Is.EqualTo((1.0, 2.0, 5.0, 3.0)));
    }

    [Test]
    public void Gains_of_another_actuator_kind_are_carried_over_as_mujoco_does()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            beside: "<default><position kp='50'/></default>"
                + "<actuator><general joint='j'/><motor joint='j'/></actuator>"));
        Assert.That(
            model.Actuators.Select(actuator => (actuator.Gain, actuator.Bias1)),
            Is.EqualTo(((double, double)[])[(50, -50), (1, 0)]));
    }

    [Test]
    public void A_short_attribute_keeps_the_rest_of_its_class()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            inBody: "<geom size='2' friction='0.3'/>",
            beside: "<default><geom type='box' size='1 3 4' friction='1 2 3'/></default>"));
        Assert.That(model.Geoms[0].Size, Is.EqualTo(new Vector3(2, 3, 4)));
        Assert.That(model.Geoms[0].Friction, Is.EqualTo(new Vector3(0.3, 2, 3)));
    }

    [Test]
    public void A_damping_ratio_of_one_is_critical_damping()
    {
        Model model = ModelFile.Load(ModelFile.OneHinge(
            beside: "<actuator><position joint='j' kp='8' dampratio='1'/></actuator>"));
        double inertia = model.ReferenceMassMatrix[0];
        Assert.That(inertia, Is.EqualTo(0.001 + (0.5 * 0.01)).Within(1e-15));
        double damping = 2 * Math.Sqrt(8 * inertia);
        Assert.That(model.Actuators[0].Bias2, Is.EqualTo(-damping).Within(1e-14));
    }

    [Test]
    public void A_scene_that_includes_an_arm_loads()
    {
        string? models = Environment.GetEnvironmentVariable("HILRIG_MODELS");
        if (models is null)
        {
            Requirement.Unmet("models", "HILRIG_MODELS does not name a folder of public models");
        }

        string path = Path.Combine(models!, "so_arm100_menagerie", "scene.xml");
        Model model = MjcfLoader.Load(path, new MjcfOptions { SkipMeshes = true });
        Assert.That(model.Name, Is.EqualTo("so_arm100 scene"));
        Assert.That(model.DofCount, Is.EqualTo(6));
    }
}
