using HilRig.Core.Errors;
using HilRig.Recording.ServoLogs;
using HilRig.Recording.Tests.Support;

namespace HilRig.Recording.Tests.ServoLogs;

internal sealed class ServoLogReaderTests
{
    private const string Header =
        "t,goal_position,position,speed,torque_enable,present_pwm,input_volts,temp\n";
    private TestFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TestFolder();

    [TearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Every_row_of_a_table_becomes_a_row_of_the_log()
    {
        string path = _folder.File("log.csv");
        File.WriteAllText(
            path, Header + "0.5,0.1,0.2,-0.3,1,7,7.4,28\n0.75,1e-3,0.25,0.5,0,0,7.3,29\n");
        ServoLog log = ServoLogReader.Read(path);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(log.Name, Is.EqualTo("log"));
            Assert.That(log.TimeSeconds, Is.EqualTo(new[] { 0.5, 0.75 }));
            Assert.That(log.GoalPositionRadians, Is.EqualTo(new[] { 0.1, 0.001 }));
            Assert.That(log.PositionRadians, Is.EqualTo(new[] { 0.2, 0.25 }));
            Assert.That(log.VelocityRadiansPerSecond, Is.EqualTo(new[] { -0.3, 0.5 }));
            Assert.That(log.TorqueEnabled, Is.EqualTo(new[] { true, false }));
            Assert.That(log.InputVolts, Is.EqualTo(new[] { 7.4, 7.3 }));
            Assert.That(log.TemperatureCelsius, Is.EqualTo(new[] { 28.0, 29 }));
            Assert.That(log.Bench, Is.EqualTo(ServoBench.Unknown));
        }
    }

    [TestCase("0.5,0.1,0.2,x,1,7,7.4,28\n", "log.csv:2", "speed")]
    [TestCase("0.5,0.1,0.2,0,1,7,7.4,28\n0.5,0.1,0.2,0,1,7,7.4,28\n", "log.csv:3", "time")]
    [TestCase("0.5,0.1,0.2,0,2,7,7.4,28\n", "log.csv:2", "torque_enable")]
    [TestCase("0.5,NaN,0.2,0,1,7,7.4,28\n", "log.csv:2", "goal position")]
    [TestCase("0.5,0.1\n", "log.csv:2", "cells")]
    [TestCase("", "log.csv", "too short")]
    public void A_bad_row_is_refused_with_its_line(string rows, string place, string what)
    {
        string path = _folder.File("log.csv");
        File.WriteAllText(path, Header + rows);
        Assert.That(
            () => ServoLogReader.Read(path),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(place).And.Message.Contains(
                what));
    }

    [TestCase("{\"entries\": 3}", "entries")]
    [TestCase("{\"entries\": [", "JSON")]
    [TestCase("{\"entries\": [{\"timestamp\": 1}]}", "goal_position")]
    [TestCase("{\"entries\": [1]}", "entry 0")]
    [TestCase("[]", "entries")]
    public void A_malformed_object_is_refused(string text, string what)
    {
        string path = _folder.File("log.json");
        File.WriteAllText(path, text);
        Assert.That(
            () => ServoLogReader.Read(path),
            Throws.TypeOf<ScenarioException>().With.Message.Contains(what));
    }

    [Test]
    public void An_absent_file_says_how_to_name_the_data()
    {
        Assert.That(
            () => ServoLogReader.Read(_folder.File("none.csv")),
            Throws.TypeOf<ScenarioException>().With.Message.Contains("HILRIG_DATA"));
    }

    [Test]
    public void All_published_xl330_recordings_are_read_whole()
    {
        string folder = Requirement.DataPath("xl330");
        var rows = new Dictionary<string, int>();
        foreach (string line in File.ReadAllLines(Path.Combine(folder, "manifest.csv"))[1..])
        {
            string[] cells = line.Split(',');
            rows[cells[0]] = int.Parse(cells[6], System.Globalization.CultureInfo.InvariantCulture);
        }

        Assert.That(rows, Has.Count.EqualTo(8));
        foreach ((string file, int count) in rows)
        {
            ServoLog log = ServoLogReader.Read(Path.Combine(folder, file));
            Assert.That(log.RowCount, Is.EqualTo(count), file);
            Assert.That(log.Bench.Motor, Is.EqualTo("xl330"));
            Assert.That(log.Bench.MassKilograms, Is.EqualTo(0.49));
            Assert.That(log.Duration.TotalSeconds, Is.EqualTo(6).Within(0.1), file);
            Assert.That(
                Array.Exists(log.TorqueEnabled, enabled => !enabled),
                Is.EqualTo(log.Bench.Trajectory == "lift_and_drop"),
                file);
        }
    }

    [Test]
    public void All_published_sts3250_recordings_are_read_whole()
    {
        string[] files = Directory.GetFiles(Requirement.DataPath("sts3250"), "*.json");
        Assert.That(files, Has.Length.EqualTo(4));
        foreach (string file in files)
        {
            ServoLog log = ServoLogReader.Read(file);
            Assert.That(log.RowCount, Is.GreaterThan(250), file);
            Assert.That(log.Bench.Motor, Is.EqualTo("sts3250"));
            Assert.That(log.Bench.LengthMeters, Is.EqualTo(0.12));
            Assert.That(log.Bench.SupplyVolts, Is.EqualTo(12));
        }
    }
}
