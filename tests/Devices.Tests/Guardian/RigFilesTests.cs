using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.Rigs;
using HilRig.Devices.Guardian;
using HilRig.Devices.Tests.Support;

namespace HilRig.Devices.Tests.Guardian;

/// <summary>Key, latch and lease of a rig, in a folder of the test's own.</summary>
internal sealed class RigFilesTests
{
    private static readonly RigDescription Rig = TestRigs.OfServos(1, "/dev/ttyTEST");
    private string _folder = string.Empty;

    [SetUp]
    public void MakeFolder() => _folder = Path.Combine(
        TestContext.CurrentContext.WorkDirectory, Guid.NewGuid().ToString("N"));

    [TearDown]
    public void DeleteFolder()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Test]
    public void A_latch_survives_the_object_that_wrote_it_until_it_is_cleared()
    {
        var written = new LatchedStop(
            StopReason.HostDied,
            new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Acknowledged: true,
            "the test host ended");
        new RigLatch(RigKey.Of(Rig, _folder)).Write(written);
        var later = new RigLatch(RigKey.Of(Rig, _folder));
        Assert.That(later.Read(), Is.EqualTo(written));
        Assert.That(later.RequireClear, Throws.TypeOf<DeviceException>()
            .With.Message.Contains("HostDied").And.Message.Contains("2026-01-02"));
        Assert.That(later.Clear(), Is.True);
        Assert.That(later.Read(), Is.Null);
        Assert.That(later.RequireClear, Throws.Nothing);
        Assert.That(later.Clear(), Is.False);
    }

    [TestCase("")]
    [TestCase("{ \"Reason\":")]
    [TestCase("null")]
    public void A_damaged_latch_still_stops_the_rig(string content)
    {
        var latch = new RigLatch(RigKey.Of(Rig, _folder));
        File.WriteAllText(latch.Path, content);
        Assert.That(latch.Read()?.Acknowledged, Is.False);
        Assert.That(latch.RequireClear, Throws.TypeOf<DeviceException>());
    }

    [Test]
    public void Another_port_is_another_rig()
    {
        RigKey here = RigKey.Of(Rig, _folder);
        RigKey there = RigKey.Of(TestRigs.OfServos(1, "/dev/ttyOTHER"), _folder);
        Assert.That(there.FileName, Is.Not.EqualTo(here.FileName));
        Assert.That(RigKey.Of(Rig, _folder).FileName, Is.EqualTo(here.FileName));
    }

    [Test]
    public void A_renamed_rig_on_the_same_port_is_still_stopped()
    {
        new RigLatch(RigKey.Of(Rig, _folder)).Write(new LatchedStop(
            StopReason.ServoLost, DateTimeOffset.UnixEpoch, Acknowledged: true, "before"));
        RigKey renamed = RigKey.Of(Rig with { Name = "another name" }, _folder);
        Assert.That(
            new RigLatch(renamed).RequireClear,
            Throws.TypeOf<DeviceException>().With.Message.Contains("ServoLost"));
    }

    [Test]
    public void The_order_of_the_buses_does_not_make_another_rig()
    {
        BusDescription other = Rig.Buses[0] with { Name = "other", Port = "/dev/ttyOTHER" };
        Assert.That(
            RigKey.Of(Rig with { Buses = [other, Rig.Buses[0]] }, _folder).FileName,
            Is.EqualTo(RigKey.Of(Rig with { Buses = [Rig.Buses[0], other] }, _folder).FileName));
    }

    [Test]
    [Platform("Linux")]
    public void A_link_to_a_port_is_that_port()
    {
        Directory.CreateDirectory(_folder);
        string device = Path.Combine(_folder, "ttyTEST");
        string near = Path.Combine(_folder, "near");
        string far = Path.Combine(_folder, "far");
        File.WriteAllText(device, "");
        File.CreateSymbolicLink(near, "ttyTEST");
        File.CreateSymbolicLink(far, near);
        Assert.That(KeyOfPort(far), Is.EqualTo(KeyOfPort(device)));
        Assert.That(KeyOfPort(Path.Combine(_folder, "x/../near")), Is.EqualTo(KeyOfPort(device)));
        Assert.That(KeyOfPort(_folder), Is.Not.EqualTo(KeyOfPort(device)));
    }

    [Test]
    [Platform("Linux")]
    public void An_adapter_keeps_its_lasting_name_when_its_device_is_another_or_gone()
    {
        string byId = Path.Combine(_folder, "by-id");
        Directory.CreateDirectory(byId);
        string lasting = Path.Combine(byId, "usb-adapter-4711");
        string first = Path.Combine(_folder, "ttyACM0");
        string second = Path.Combine(_folder, "ttyACM1");
        File.WriteAllText(first, "");
        File.WriteAllText(second, "");
        File.CreateSymbolicLink(lasting, "../ttyACM0");
        Assert.That(PortName.Canonical(first, byId), Is.EqualTo(lasting));
        Assert.That(PortName.Canonical(lasting, byId), Is.EqualTo(lasting));
        Assert.That(PortName.Canonical(second, byId), Is.EqualTo(second));
        File.Delete(lasting);
        Assert.That(PortName.Canonical(lasting, byId), Is.EqualTo(lasting), "unplugged");
        File.CreateSymbolicLink(lasting, "../ttyACM1");
        Assert.That(PortName.Canonical(second, byId), Is.EqualTo(lasting), "plugged in again");
    }

    [TestCase("tcp://Host:7", "tcp://host:7")]
    [TestCase("/dev/../dev/ttyX", "/dev/ttyX")]
    public void Two_spellings_of_a_port_are_one_port(string one, string other) =>
        Assert.That(PortName.Canonical(one), Is.EqualTo(PortName.Canonical(other)));

    [TestCase("../../etc/passwd")]
    [TestCase("tcp://../..")]
    public void A_port_with_slashes_stays_inside_the_folder(string port)
    {
        RigKey key = RigKey.Of(TestRigs.OfServos(1, port), _folder);
        Assert.That(Path.GetDirectoryName(Path.GetFullPath(key.PathOf(".lease"))), Is.EqualTo(
            _folder));
    }

    [Test]
    public void An_explicit_folder_holds_everything()
    {
        RigKey key = RigKey.Of(Rig, _folder);
        Assert.That((key.Folder, key.StateFolder), Is.EqualTo((_folder, _folder)));
    }

    [Test]
    [Platform("Linux")]
    [NonParallelizable]
    public void A_latch_of_the_user_is_where_logout_does_not_remove_it()
    {
        string? runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        string? state = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        try
        {
            Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", _folder + "/run");
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", _folder + "/state");
            RigKey key = RigKey.Of(Rig);
            Assert.That(new RigLatch(key).Path, Does.StartWith(_folder + "/state/hilrig/"));
            Assert.That(key.PathOf(".lease"), Does.StartWith(_folder + "/run/hilrig/"));
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", "relative");
            Assert.That(RigKey.DefaultStateFolder(), Does.EndWith("/.local/state/hilrig"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("XDG_RUNTIME_DIR", runtime);
            Environment.SetEnvironmentVariable("XDG_STATE_HOME", state);
        }
    }

    [Test]
    public void A_second_pair_is_refused_and_told_who_holds_the_rig()
    {
        RigKey key = RigKey.Of(Rig, _folder);
        using (RigLease.Acquire(key, "guardian"))
        {
            Assert.That(() => RigLease.Acquire(key, "second"), Throws.TypeOf<DeviceException>()
                .With.Message.Contains("guardian").And.Message.Contains(
                    $"{Environment.ProcessId}"));
        }

        Assert.That(() => RigLease.Acquire(key, "third").Dispose(), Throws.Nothing);
    }

    private string KeyOfPort(string port) =>
        RigKey.Of(TestRigs.OfServos(1, port), _folder).FileName;
}
