using HilRig.Core.Errors;
using HilRig.Core.Units;
using HilRig.Harness.Yaml;

namespace HilRig.Harness.Tests.Yaml;

internal sealed class YamlDocumentTests
{
    private static YamlDocument Parse(string text) => YamlDocument.Parse(text, "a.yaml");

    [Test]
    public void Values_come_out_with_their_types()
    {
        YamlDocument document = Parse("""
            rate: 250 Hz
            repeats: 3
            on: true
            name: hello
            joints: { a: 1 deg, b: 2 mm }
            list: [x, y]
            """);
        YamlMap root = document.Root;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(root.Required("rate").Quantity(Dimension.Frequency), Is.EqualTo(250));
            Assert.That(root.Required("repeats").Integer(1), Is.EqualTo(3));
            Assert.That(root.Required("on").Flag(), Is.True);
            Assert.That(root.Required("name").Text(), Is.EqualTo("hello"));
            Assert.That(root.Optional("absent"), Is.Null);
            Assert.That(
                root.Required("joints").Map().Entries()
                    .Select(entry => entry.Value.Quantity(Dimension.Angle, Dimension.Length))
                    .Select(quantity => quantity.Dimension),
                Is.EqualTo(new[] { Dimension.Angle, Dimension.Length }));
            Assert.That(
                root.Required("list").Items().Select(item => item.Text()),
                Is.EqualTo(new[] { "x", "y" }));
            Assert.That(document.Finish, Throws.Nothing);
        }
    }

    [Test]
    public void A_key_nobody_asked_for_is_refused_with_its_place_and_the_nearest_known_key()
    {
        YamlDocument document = Parse("rate: 1 Hz\napproach:\n  setle: 1 s\n");
        document.Root.Required("rate").Quantity(Dimension.Frequency);
        document.Root.Required("approach").Map().Optional("settle");
        Assert.That(
            document.Finish,
            Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
                "a.yaml:3:3: The key 'approach.setle' is not known. Expected: one of settle. "
                + "Try: 'settle'."));
    }

    [Test]
    public void A_wrong_unit_says_which_units_fit()
    {
        YamlDocument document = Parse("rate: 4 ms");
        document.Root.Required("rate").Quantity(Dimension.Frequency);
        Assert.That(
            document.Finish,
            Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
                "a.yaml:1:7: The value of 'rate' does not fit. Expected: a frequency (Hz, kHz). "
                + "Found: 'ms' is a unit of a time."));
    }

    [Test]
    public void All_faults_are_reported_at_once()
    {
        YamlDocument document = Parse("rate: fast\nextra: 1\n");
        document.Root.Required("rate").Quantity(Dimension.Frequency);
        document.Root.Required("name").Text();
        ScenarioException? error = Assert.Throws<ScenarioException>(document.Finish);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(error!.Message, Does.Contain("3 faults"));
            Assert.That(error.Message, Does.Contain("a.yaml:1:7"));
            Assert.That(error.Message, Does.Contain("'name' is missing"));
            Assert.That(error.Message, Does.Contain("a.yaml:2:1"));
        }
    }

    [TestCase("repeats: 1.5")]
    [TestCase("repeats: \"3\"")]
    [TestCase("repeats: 0")]
    [TestCase("repeats: [1]")]
    [TestCase("repeats:")]
    public void A_value_of_another_type_or_out_of_range_is_refused(string text)
    {
        YamlDocument document = Parse(text);
        document.Root.Required("repeats").Integer(1);
        Assert.That(document.Finish, Throws.TypeOf<ScenarioException>());
    }

    [TestCase("a: [1, 2")]
    [TestCase("a: 1\na: 2")]
    [TestCase("b:\n\ta: 1\n  c: 2")]
    [TestCase("- a")]
    [TestCase("")]
    public void Text_that_is_no_map_is_refused(string text) => Assert.That(
        () => Parse(text),
        Throws.TypeOf<ScenarioException>().With.Message.StartsWith("a.yaml"));

    [Test]
    public void An_absent_file_is_refused() => Assert.That(
        () => YamlDocument.Load("no/such.yaml"),
        Throws.TypeOf<ScenarioException>().With.Message.StartsWith(
            "no/such.yaml: The file does not exist"));
}
