using System.Diagnostics;
using System.Globalization;
using HilRig.Core.Errors;
using HilRig.Devices.Registers;
using HilRig.Devices.Virtual.Logs;

namespace HilRig.Devices.Tests.Virtual.Logs;

public sealed class VirtualArmReplayTests
{
    private string _path = "";

    [SetUp]
    public void MakePath() => _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [Test]
    public void A_replayed_log_ends_with_the_same_bits()
    {
        var hash = Record();
        var result = VirtualArmReplay.Run(_path, VirtualArmTests.Arm(3).Arm);
        Assert.Multiple(() =>
        {
            Assert.That(result.IsIdentical, Is.True);
            Assert.That(result.StateHash, Is.EqualTo(hash));
            Assert.That(result.StepCount, Is.GreaterThan(1000));
        });
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_replay_in_another_process_ends_with_the_same_bits()
    {
        var hash = Record();
        var host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] arguments = ["exec", typeof(ReplayProgram).Assembly.Location, _path, "3"];
        using var process = Process.Start(
            new ProcessStartInfo(host, arguments) { RedirectStandardOutput = true })!;
        var printed = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.That(printed, Is.EqualTo(hash.ToString("x16", CultureInfo.InvariantCulture)));
    }

    [Test]
    public void A_log_that_was_cut_off_replays_as_far_as_it_goes()
    {
        Record();
        var bytes = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, bytes[..(bytes.Length / 2)]);
        var result = VirtualArmReplay.Run(_path, VirtualArmTests.Arm(3).Arm);
        Assert.Multiple(() =>
        {
            Assert.That(result.RecordedHash, Is.Null);
            Assert.That(result.IsIdentical, Is.False);
            Assert.That(result.StepCount, Is.GreaterThan(100));
        });
    }

    [Test]
    public void A_log_of_another_arm_is_refused()
    {
        Record();
        var error = Assert.Throws<DeviceException>(
            () => VirtualArmReplay.Run(_path, VirtualArmTests.Arm(4).Arm));
        Assert.That(error!.Message, Does.Contain("another arm"));
    }

    [Test]
    public void A_file_that_is_no_log_is_refused()
    {
        File.WriteAllText(_path, "no log");
        Assert.Throws<DeviceException>(
            () => VirtualArmReplay.Run(_path, VirtualArmTests.Arm(3).Arm));
    }

    private ulong Record()
    {
        var bench = VirtualArmTests.Arm(3);
        using var log = new VirtualArmLogWriter(_path);
        bench.Arm.RecordTo(log);
        for (byte id = 1; id <= 6; id++)
        {
            bench.Write(Sts3215.TorqueEnable, 1, id);
        }

        for (var i = 0; i < 100; i++)
        {
            for (byte id = 1; id <= 6; id++)
            {
                bench.Write(Sts3215.GoalPosition, 2048 + (int)(300 * Math.Sin((0.1 * i) + id)), id);
            }

            if (i == 50)
            {
                bench.Arm.Connect(4, false);
            }
            else if (i is 70 or 80)
            {
                bench.Arm.Power(isOn: i == 80);
            }

            bench.Run(0.004);
        }

        log.Finish(bench.Arm);
        return bench.Arm.StateHash();
    }
}
