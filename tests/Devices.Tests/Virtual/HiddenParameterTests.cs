using System.Globalization;
using System.Xml.Linq;
using HilRig.Devices.Virtual;

namespace HilRig.Devices.Tests.Virtual;

/// <summary>
/// Divergence figures compare only while the virtual rig stays the same, so a change of what it
/// hides must be told: CHANGELOG.md names each file with the digest of its values.
/// </summary>
public sealed class HiddenParameterTests
{
    [TestCase("rigs/servos/sts3215-12v.yaml")]
    [TestCase("rigs/servos/sts3215-7v4.yaml")]
    [TestCase("models/so101-hidden.xml")]
    [TestCase("models/arm7-hidden.xml")]
    public void Hidden_parameters_change_only_with_a_changelog_line(string file)
    {
        var digest = file.EndsWith(".xml", StringComparison.Ordinal)
            ? DigestOfModel(file) : DigestOfServo(Path.GetFileName(file));
        var line = $"`{file}` {digest.ToString("x16", CultureInfo.InvariantCulture)}";
        var log = File.ReadAllText(Path.Combine(ShippedServos.Root(), "CHANGELOG.md"));
        Assert.That(
            log.Split('\n'),
            Has.Some.Contains(line),
            "say in CHANGELOG.md what changed and why, and put this digest there");
    }

    [Test]
    public void A_changed_value_changes_the_digest()
    {
        var plain = new StateDigest();
        ShippedServos.At12Volts.Digest(ref plain);
        var changed = new StateDigest();
        (ShippedServos.At12Volts with { Backlash = 0 }).Digest(ref changed);
        Assert.That(changed.Value, Is.Not.EqualTo(plain.Value));
    }

    private static ulong DigestOfServo(string file)
    {
        var digest = new StateDigest();
        foreach (var section in new[] { "servo", "spread" })
        {
            foreach (var (key, value) in ShippedServos.Section(file, section))
            {
                digest.Add(key);
                digest.Add(value);
            }
        }

        return digest.Value;
    }

    // Comments and layout do not count.
    private static ulong DigestOfModel(string file)
    {
        var digest = new StateDigest();
        var document = XDocument.Load(Path.Combine(ShippedServos.Root(), file));
        foreach (var element in document.Descendants())
        {
            digest.Add(element.Name.LocalName);
            foreach (var attribute in element.Attributes())
            {
                digest.Add(attribute.Name.LocalName);
                digest.Add(attribute.Value);
            }
        }

        return digest.Value;
    }
}
