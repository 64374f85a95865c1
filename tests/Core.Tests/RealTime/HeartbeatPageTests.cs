using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;

namespace HilRig.Core.Tests.RealTime;

internal sealed class HeartbeatPageTests
{
    private string _path = string.Empty;

    [SetUp]
    public void ChoosePath() => _path = Path.Combine(
        TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N") + ".heartbeat");

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [Test]
    public void What_one_opener_writes_another_reads()
    {
        using HeartbeatPage writer = HeartbeatPage.Create(_path);
        using HeartbeatPage reader = HeartbeatPage.Open(_path);
        writer.HostProcessId = 1;
        writer.HostBeatNanoseconds = 2;
        writer.AgentProcessId = 3;
        writer.AgentBeatNanoseconds = 4;
        writer.AgentHealth = PlantHealth.Faulted;
        writer.AgentStopReason = StopReason.ServoLost;
        writer.AgentStopNanoseconds = 5;
        writer.AgentStopAcknowledged = true;
        writer.AgentHasArmed = true;
        writer.AgentEnded = true;
        writer.AgentStartTicks = 9;
        writer.AgentLoopEnded = true;
        writer.GuardianProcessId = 6;
        writer.GuardianBeatNanoseconds = 7;
        writer.GuardianStopReason = StopReason.AgentDied;
        writer.GuardianStopNanoseconds = 8;
        writer.GuardianStopAcknowledged = true;
        long[] read =
        [
            reader.HostProcessId, reader.HostBeatNanoseconds, reader.AgentProcessId,
            reader.AgentBeatNanoseconds, reader.AgentStopNanoseconds, reader.GuardianProcessId,
            reader.GuardianBeatNanoseconds, reader.GuardianStopNanoseconds,
            reader.AgentStartTicks,
        ];
        using (Assert.EnterMultipleScope())
        {
            Assert.That(read, Is.EqualTo(new long[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }));
            Assert.That(reader.AgentHealth, Is.EqualTo(PlantHealth.Faulted));
            Assert.That(reader.AgentStopReason, Is.EqualTo(StopReason.ServoLost));
            Assert.That(reader.GuardianStopReason, Is.EqualTo(StopReason.AgentDied));
            Assert.That(reader.AgentStopAcknowledged && reader.AgentHasArmed && reader.AgentEnded);
            Assert.That(reader.GuardianStopAcknowledged && reader.AgentLoopEnded, Is.True);
        }
    }

    [Test]
    public void A_fresh_page_says_nothing_even_over_an_old_file()
    {
        using (HeartbeatPage old = HeartbeatPage.Create(_path))
        {
            old.AgentProcessId = 77;
            old.AgentStopAcknowledged = true;
        }

        using HeartbeatPage page = HeartbeatPage.Create(_path);
        Assert.That(page.AgentProcessId, Is.Zero);
        Assert.That(page.AgentStopAcknowledged, Is.False);
        Assert.That(page.AgentStopReason, Is.EqualTo(StopReason.None));
    }

    [Test]
    public void An_absent_file_is_a_device_error_that_names_it() => Assert.That(
        () => HeartbeatPage.Open(_path),
        Throws.TypeOf<DeviceException>().With.Message.Contains(_path));

    [TestCase(0)]
    [TestCase(17)]
    [TestCase(4096)]
    public void Another_file_is_refused_and_left_alone(int byteCount)
    {
        byte[] content = new byte[byteCount];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(_path, content);
        Assert.That(() => HeartbeatPage.Open(_path), Throws.TypeOf<ProtocolException>());
        Assert.That(File.ReadAllBytes(_path), Is.EqualTo(content));
    }

    [Test]
    public void Another_version_is_refused_with_both_numbers()
    {
        HeartbeatPage.Create(_path).Dispose();
        byte[] content = File.ReadAllBytes(_path);
        content[8] = 99;
        File.WriteAllBytes(_path, content);
        Assert.That(
            () => HeartbeatPage.Open(_path),
            Throws.TypeOf<ProtocolException>()
                .With.Message.Contains($"version {HeartbeatPage.LayoutVersion}.")
                .And.Message.Contains("version 99"));
    }
}
