using System.Text.Json;

namespace HilRig.Rig.Tests.Processes;

/// <summary>The emulator's emergency stop, pressed while `hilrig run` moves the arm.</summary>
[NonParallelizable]
[Platform("Linux")]
public sealed class EmergencyStopRunTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("hilrig-stop-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(2, true, "", Category = "Nightly", Explicit = true)]
    [TestCase(1, true, "the rig stands after its emergency stop")]
    [TestCase(0, false, "emergency stop")]
    [CancelAfter(300_000)]
    public void Power_goes_as_the_category_says(int category, bool isConfirmed, string why)
    {
        using HilrigRun run = HilrigRun.Start(
            "run",
            Repository.File("scenarios/safety/emergency-stop.yaml"),
            "--rig",
            RigOf(category),
            "--out",
            _folder,
            "--json");
        run.AwaitExit(Patience);

        JsonElement stop = JsonDocument.Parse(File.ReadAllText(Find("run.json")))
            .RootElement.GetProperty("stop");
        long cause = stop.GetProperty("causeNanoseconds").GetInt64();
        int[] cut = [.. File.ReadLines(Find("emulator-events.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(one => one.GetProperty("kind").GetString() == "PowerLost"
                && one.GetProperty("monotonic_ns").GetInt64() > cause)
            .Select(one => one.GetProperty("servo").GetInt32())];
        string[] orders = [.. File.ReadLines(Find("*.guardian.jsonl"))
            .Where(line => line.Contains("power off", StringComparison.Ordinal))];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stop.GetProperty("cause").GetString(), Is.EqualTo("EmergencyStop"));
            Assert.That(stop.GetProperty("acknowledged").GetBoolean(), Is.EqualTo(isConfirmed));
            Assert.That(cut, category == 2 ? Is.Empty : Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));
            Assert.That(orders.Length, category == 2 ? Is.Zero : Is.Positive);
            Assert.That(orders.FirstOrDefault() ?? "", Does.Contain(why));
            Assert.That(orders, Has.All.Contains("Confirmed"));
        }
    }

    private string RigOf(int category)
    {
        string rigs = Path.GetDirectoryName(Repository.File("rigs/so101-virtual.yaml"))!;
        string path = Path.Combine(_folder, "rig.yaml");
        string text = File.ReadAllText(Path.Combine(rigs, "so101-virtual.yaml"))
            .Replace("../models", Path.Combine(rigs, "..", "models"), StringComparison.Ordinal)
            .Replace("servos/sts", Path.Combine(rigs, "servos/sts"), StringComparison.Ordinal)
            .Replace(
                "emergencyStop: { kind: virtual }",
                $"emergencyStop: {{ kind: virtual, category: {category} }}\n"
                    + "power: { kind: virtual }",
                StringComparison.Ordinal);
        File.WriteAllText(path, text);
        return path;
    }

    private string Find(string name) =>
        Directory.GetFiles(_folder, name, SearchOption.AllDirectories).Single();
}
