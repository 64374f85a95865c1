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
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

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
    public void A_name_with_slashes_stays_inside_the_folder()
    {
        RigKey key = RigKey.Of(Rig with { Name = "../../etc/rig" }, _folder);
        Assert.That(Path.GetDirectoryName(Path.GetFullPath(key.PathOf(".latch.json"))), Is.EqualTo(
            _folder));
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
}
