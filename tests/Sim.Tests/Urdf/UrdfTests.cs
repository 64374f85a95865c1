using HilRig.Core.Errors;
using HilRig.Sim.Models;
using HilRig.Sim.Tests.Support;

namespace HilRig.Sim.Tests.Urdf;

/// <summary>What URDF becomes; Tables/DumpParityTests compares numbers with MuJoCo's.</summary>
internal sealed class UrdfTests
{
    private const string Slab =
        "<inertial><mass value='1'/><inertia ixx='1' iyy='1' izz='1'/></inertial>";

    private static IEnumerable<TestCaseData> Bad =>
    [
        new("<link name='a'/><link name='a'/>", 1, "used twice"),
        new(
            "<link name='a'/>\n<joint name='j' type='fixed'><parent link='a'/></joint>",
            2,
            "<child>"),
        new(
            "<link name='a'/>\n<joint name='j' type='fixed'><parent link='a'/>"
                + "<child link='b'/></joint>",
            2,
            "'b' does not exist"),
        new(
            Chain("a", "c") + Chain("b", "c") + "<link name='a'/><link name='b'/><link name='c'/>",
            1,
            "child of two joints"),
        new(
            Chain("a", "b") + Chain("b", "a") + "<link name='a'/><link name='b'/>",
            1,
            "in a circle"),
        new(
            Chain("a", "b") + "<link name='a'/>\n<link name='b'><collision/></link>",
            2,
            "no geometry"),
        new(
            Chain("a", "b") + "<link name='a'/><link name='b'><collision><geometry>\n"
                + "<mesh filename='package://robot/m.stl'/></geometry></collision></link>",
            2,
            "package://"),
        new(
            Chain("a", "b", "floppy") + "<link name='a'/><link name='b'/>",
            1,
            "'type' has a value"),
        new(Chain("a", "b") + "<link name='a'/><link name='b'/>", 1, "no mass"),
    ];

    [TestCaseSource(nameof(Bad))]
    public void A_bad_robot_is_refused_where_it_is_bad(string inside, int line, string what)
    {
        using var file = new ModelFile($"<robot name='r'>{inside}</robot>");
        var fault = Assert.Throws<ModelException>(() => file.Load());
        Assert.That(fault!.Message, Does.Contain(what));
        Assert.That(fault.Where, Does.StartWith($"{file.Path}:{line} "));
    }

    [Test]
    public void A_mimic_becomes_an_equality_of_joints()
    {
        Model model = ModelFile.Load($"""
            <robot name="r">
              <link name="a"/>
              <link name="b">{Slab}</link>
              <link name="c">{Slab}</link>
              <joint name="lead" type="revolute"><parent link="a"/><child link="b"/></joint>
              <joint name="follow" type="prismatic"><parent link="b"/><child link="c"/>
                <mimic joint="lead" multiplier="-2" offset="0.1"/></joint>
            </robot>
            """);
        ModelEquality equality = model.Equalities.Single();
        Assert.That(
            (equality.Kind, equality.First, equality.Second),
            Is.EqualTo((EqualityKind.Joint, 1, 0)));
        Assert.That(equality.Polynomial, Is.EqualTo((double[])[0.1, -2, 0, 0, 0]));
    }

    [Test]
    public void A_package_is_found_in_a_folder_above()
    {
        using var file = new ModelFile($"""
            <robot name="r">
              <link name="a"/>
              <link name="b">{Slab}<collision><geometry>
                <mesh filename="package://robot/meshes/m.obj"/></geometry></collision></link>
              <joint name="j" type="revolute"><parent link="a"/><child link="b"/></joint>
            </robot>
            """);
        Directory.CreateDirectory(
            Path.Combine(Path.GetDirectoryName(file.Path)!, "robot", "meshes"));
        file.Add(
            Path.Combine("robot", "meshes", "m.obj"),
            "v 0 0 0\nv 1 0 0\nv 0 1 0\nv 0 0 1\nf 1 3 2\nf 1 2 4\nf 1 4 3\nf 2 3 4\n");
        Model model = file.Load();
        Assert.That(model.Meshes.Single().HullVertices, Has.Count.EqualTo(4));
        Assert.That(model.Geoms.Single().Kind, Is.EqualTo(GeomKind.Mesh));
    }

    private static string Chain(string parent, string child, string type = "revolute") =>
        $"<joint name='{parent}{child}' type='{type}'><parent link='{parent}'/>"
        + $"<child link='{child}'/></joint>";
}
