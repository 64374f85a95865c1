using HilRig.Core.Errors;
using HilRig.Sim.Mjcf;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Mjcf;

/// <summary>What is wrong or not simulated is refused with file, line and element.</summary>
internal sealed class MjcfRefusalTests
{
    private static IEnumerable<TestCaseData> BadBodies =>
    [
        InBody("<joint type='planar'/>", "joint", "'type'"),
        InBody("<joint type='ball'/><joint/>", "joint", "follows a ball"),
        InBody("<body><freejoint/></body>", "freejoint", "body within a body"),
        InBody("<joint type='ball' range='0.1 1'/>", "joint", "begin at 0"),
        InBody(
            "<joint type='ball'/><joint type='slide'/><joint type='slide'/><joint type='slide'/>",
            "joint",
            "more than 6"),
        InBody("<geom class='none' size='1'/>", "geom", "'none' is not defined"),
        InBody("<geom type='box' size='1 1'/>", "geom", "3 positive sizes"),
        InBody("<geom type='plane' size='1 1 1'/>", "geom", "plane"),
        InBody("<geom type='hfield' hfield='h'/>", "geom", "'h' is not defined"),
        InBody("<geom type='mesh' mesh='m'/>", "geom", "'m' is not defined"),
        InBody("<body name='arm'/>", "body", "used twice"),
        InBody("<body><joint/></body>", "body", "no mass"),
        InBody("<body mocap='true'/>", "body", "mocap body has a joint, or is on another"),
        InBody("<geom size='1' condim='2'/>", "geom", "'condim' is wrong"),
        InBody("<geom size='1' friction='-1'/>", "geom", "'friction' is negative"),
        InBody("<geom type='box' size='1' mesh='m'/>", "geom", "'m' is not defined"),
        InBody("<site type='plane' size='1 1 1'/>", "site", "cannot be a plane"),
        InBody("<site quat='1 nan 0 0'/>", "site", "bad number"),
        InBody("<body quat='0 0 0 0'/>", "body", "quaternion is zero"),
        InBody("<body quat='1 0 0 0' euler='0 0 0'/>", "body", "twice"),
        InBody(
            "<body><joint/><inertial pos='0 0 0' mass='1' diaginertia='1 1 3'/></body>",
            "body",
            "impossible"),
        InBody(
            "<body><joint/><inertial pos='0 0 0' mass='1' fullinertia='1 1 1 2 0 0'/></body>",
            "inertial",
            "positive definite"),
        InBody("<body><joint/><inertial pos='0 0 0' mass='-1'/></body>", "inertial", "negative"),
        InBody("<replicate/>", "replicate", "not supported"),
    ];

    private static IEnumerable<TestCaseData> BadJoints =>
    [
        OnJoint("damping='NaN'", "bad number"),
        OnJoint("damping='1,5'", "bad number"),
        OnJoint("damping='-1'", "negative"),
        OnJoint("armature='1 2'", "2 values"),
        OnJoint("springdamper='1 -1'", "'springdamper' is not positive"),
        OnJoint("damping='1 0.5'", "polynomial 'damping'"),
        OnJoint("range='1 -1'", "'range' is empty or negative"),
        OnJoint("limited='true'", "'range' is empty or negative"),
        OnJoint("solreflimit='0.1 -1'", "mixes"),
        OnJoint("dampling='1'", "unknown attribute 'dampling'"),
    ];

    private static IEnumerable<TestCaseData> BadSections =>
    [
        Beside("<equality><weld body1='leg'/></equality>", "weld", "'leg' does not exist"),
        Beside("<equality><connect body1='arm'/></equality>", "connect", "'anchor' is missing"),
        Beside("<equality><joint joint1='j' joint2='j'/></equality>", "joint", "to itself"),
        Beside("<equality><flex flex='f'/></equality>", "flex", "not supported"),
        Beside("<tendon><fixed/></tendon>", "fixed", "no joint"),
        Beside("<tendon><spatial/></tendon>", "spatial", "not supported"),
        Beside("<sensor><jointpos joint='k'/></sensor>", "jointpos", "'k' does not exist"),
        Beside("<sensor><ballquat joint='j'/></sensor>", "ballquat", "does not fit"),
        Beside("<sensor><rangefinder site='s'/></sensor>", "rangefinder", "not supported"),
        Beside("<contact><pair geom1='a' geom2='b'/></contact>", "pair", "'a' does not exist"),
        Beside("<contact><exclude body1='arm' body2='b'/></contact>", "exclude", "'b' does not"),
        Beside("<actuator><muscle joint='j'/></actuator>", "muscle", "not supported"),
        Beside("<actuator><motor joint='k'/></actuator>", "motor", "'k' does not exist"),
        Beside("<actuator><motor site='s'/></actuator>", "motor", "'s' does not exist"),
        Beside(
            "<actuator><position joint='j' timeconst='-0.1'/></actuator>",
            "position",
            "'timeconst' is negative"),
        Beside(
            "<actuator><general joint='j' dyntype='muscle'/></actuator>",
            "general",
            "'dyntype' has a value"),
        Beside(
            "<actuator><motor joint='j' delay='0.1'/></actuator>",
            "motor",
            "'delay' is not simulated"),
        Beside(
            "<actuator><general joint='j' actrange='0 1'/></actuator>",
            "general",
            "no activation"),
        Beside("<actuator><motor/></actuator>", "motor", "moves nothing"),
        Beside(
            "<actuator><motor joint='j' ctrlrange='1 -1'/></actuator>",
            "motor",
            "'ctrlrange' is empty or negative"),
        Beside(
            "<actuator><position joint='j' kv='1' dampratio='1'/></actuator>",
            "position",
            "kv and dampratio"),
        Beside("<option density='1.2'/>", "option", "'density' is not simulated"),
        Beside("<option integrator='implicit'/>", "option", "'integrator'"),
        Beside("<option timestep='0'/>", "option", "'timestep' is not positive"),
        Beside("<option gravity='0 0 nan'/>", "option", "bad number"),
        Beside("<include file='gone.xml'/>", "include", "does not exist"),
        Beside("<include file='model.xml'/>", "include", "circle"),
        Beside("<asset><mesh file='gone.stl'/></asset>", "mesh", "mesh file does not exist"),
        Beside("<keyframe><key qpos='1 2'/></keyframe>", "key", "2 values"),
        Beside("<extension><plugin plugin='a'/></extension>", "plugin", "not supported"),
    ];

    [TestCaseSource(nameof(BadBodies))]
    [TestCaseSource(nameof(BadJoints))]
    [TestCaseSource(nameof(BadSections))]
    public void A_bad_model_is_refused_where_it_is_bad(
        string text, int line, string element, string what)
    {
        using var file = new ModelFile(text);
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.Multiple(() =>
        {
            Assert.That(fault!.Where, Is.EqualTo($"{file.Path}:{line} <{element}>"));
            Assert.That(fault.Message, Does.Contain(what));
        });
    }

    [Test]
    public void Another_kind_of_file_is_refused()
    {
        using var file = new ModelFile("<sdf version='1'/>");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Message, Does.Contain("neither an MJCF nor a URDF file"));
    }

    [Test]
    public void A_model_without_a_file_may_not_include_one()
    {
        var fault = Assert.Throws<ModelException>(() => MjcfLoader.Parse(
            "<mujoco>\n<include file=\"arm.xml\"/></mujoco>", "scene.xml"));
        Assert.That(fault.Message, Does.Contain("scene.xml:2"));
    }

    [Test]
    public void A_missing_file_is_named()
    {
        var fault = Assert.Throws<ModelException>(() => MjcfLoader.Load("/nowhere/arm.xml"));
        Assert.That(fault!.Message, Does.Contain("does not exist").And.Contain("arm.xml"));
    }

    [Test]
    public void Text_that_is_not_xml_is_refused_with_its_line()
    {
        using var file = new ModelFile("<mujoco>\n<worldbody>\n</mujoco>");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Where, Is.EqualTo(file.Path + ":3"));
    }

    [Test]
    public void A_document_type_is_refused()
    {
        using var file = new ModelFile("<!DOCTYPE a [<!ENTITY b 'c'>]>\n<mujoco/>");
        Assert.Throws<ModelException>(() => file.Load());
    }

    [Test]
    public void Files_that_include_each_other_are_refused_with_the_circle()
    {
        using var file = new ModelFile(ModelFile.OneHinge(beside: "<include file='a.xml'/>"));
        file.Add("a.xml", "<a><include file='b.xml'/></a>");
        file.Add("b.xml", "<b>\n<include file='a.xml'/></b>");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Message, Does.Contain("b.xml:2").And.Contain("a.xml → b.xml → a.xml"));
    }

    [Test]
    public void A_file_included_twice_is_refused()
    {
        using var file = new ModelFile(ModelFile.OneHinge(
            beside: "<include file='a.xml'/><include file='a.xml'/>"));
        file.Add("a.xml", "<a/>");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Message, Does.Contain("already included"));
    }

    [Test]
    public void An_error_in_an_included_file_names_that_file()
    {
        using var file = new ModelFile(ModelFile.OneHinge(beside: "<include file='a.xml'/>"));
        file.Add("a.xml", "<a>\n\n<option timestep='-1'/></a>");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Where, Does.EndWith("a.xml:3 <option>"));
    }

    private static TestCaseData InBody(string text, string element, string what) =>
        Bad(ModelFile.OneHinge(inBody: text), 8, element, what);

    private static TestCaseData OnJoint(string text, string what) =>
        Bad(ModelFile.OneHinge(joint: text), 6, "joint", what);

    private static TestCaseData Beside(string text, string element, string what) =>
        Bad(ModelFile.OneHinge(beside: text), 3, element, what);

    private static TestCaseData Bad(string text, int line, string element, string what) =>
        new TestCaseData(text, line, element, what).SetArgDisplayNames(element, what);
}
