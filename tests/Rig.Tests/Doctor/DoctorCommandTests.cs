using System.Text.Json;
using HilRig.Harness.Tests.Reporting;
using HilRig.Rig.Tests.Processes;

namespace HilRig.Rig.Tests.Doctor;

internal sealed class DoctorCommandTests
{
    [Test]
    [Platform("Linux")]
    [CancelAfter(120_000)]
    public void The_virtual_rig_is_measured_and_the_json_is_as_its_schema_says()
    {
        (int exitCode, string output, string error) = HilrigRun.ToEnd(
            "doctor", "--rig", Repository.File("rigs/so101-virtual.yaml"),
            "--seconds", "0.2", "--json", "--skip-bridge");
        Assert.That(exitCode, Is.EqualTo(0).Or.EqualTo(20), error);
        using JsonDocument report = JsonDocument.Parse(output);
        using JsonDocument schema = JsonDocument.Parse(
            File.ReadAllText(Repository.File("docs/doctor.schema.json")));
        Assert.That(SchemaCheck.FaultsOf(schema.RootElement, report.RootElement), Is.Empty);
        JsonElement bus = report.RootElement.GetProperty("buses")[0];
        Assert.That(bus.GetProperty("servos").GetArrayLength(), Is.EqualTo(6));
        Assert.That(
            bus.GetProperty("servos").EnumerateArray()
                .Select(servo => servo.GetProperty("returnDelay_us").GetDouble()),
            Is.All.EqualTo(500));
        Assert.That(
            bus.GetProperty("cycle").GetProperty("p50_us").GetDouble(), Is.GreaterThan(4400));
        Assert.That(
            report.RootElement.GetProperty("measurements").GetProperty("notMeasured")[0]
                .GetString(),
            Does.Contain("--skip-bridge"));
    }

    [Test]
    [CancelAfter(30_000)]
    public void A_folder_that_is_not_there_is_a_mistake_of_the_command_line()
    {
        (int exitCode, _, string error) = HilrigRun.ToEnd("doctor", "--out", "/no/such/folder");
        Assert.That(exitCode, Is.EqualTo(64));
        Assert.That(error, Does.Contain("/no/such/folder"));
    }
}
