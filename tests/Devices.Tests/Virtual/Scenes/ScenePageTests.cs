using HilRig.Core.Errors;
using HilRig.Core.Ports;
using HilRig.Devices.Virtual.Scenes;

namespace HilRig.Devices.Tests.Virtual.Scenes;

public sealed class ScenePageTests
{
    private string _path = "";

    [SetUp]
    public void MakePath() => _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TearDown]
    public void RemoveFile() => File.Delete(_path);

    [Test]
    public void Nothing_is_seen_before_the_first_publication_and_then_the_newest()
    {
        using ScenePage maker = ScenePage.Create(_path, 2);
        using ScenePage viewer = ScenePage.Open(_path);
        double[] seen = [-1, -1];
        Assert.That(viewer.TryRead(seen, out long at, out _), Is.EqualTo(SceneStatus.NoneYet));
        Assert.That(at, Is.Zero);
        maker.Publish([0.1, 0.2], 5, 0);
        maker.Publish([0.3, -0.4], 7, 3);
        Assert.That(viewer.TryRead(seen, out at, out long placed), Is.EqualTo(SceneStatus.Ok));
        Assert.That((at, placed), Is.EqualTo((7, 3)));
        Assert.That(seen, Is.EqualTo(new[] { 0.3, -0.4 }));
    }

    [Test]
    [CancelAfter(60_000)]
    public void A_reader_beside_a_writer_never_sees_halves(CancellationToken cancellation)
    {
        const int ObjectCount = 16;
        using ScenePage maker = ScenePage.Create(_path, ObjectCount);
        using ScenePage viewer = ScenePage.Open(_path);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var writer = new Thread(() =>
        {
            var places = new double[ObjectCount];
            for (long number = 1; !stop.IsCancellationRequested; number++)
            {
                places.AsSpan().Fill(number);
                maker.Publish(places, number, number);
            }
        });
        writer.Start();
        var seen = new double[ObjectCount];
        long newest = 0;
        int whole = 0;
        while (whole < 20_000 && !cancellation.IsCancellationRequested)
        {
            if (viewer.TryRead(seen, out long at, out long placed) == SceneStatus.Ok)
            {
                Assert.That(at, Is.GreaterThanOrEqualTo(newest));
                Assert.That(placed, Is.EqualTo(at));
                Assert.That(seen, Is.All.EqualTo((double)at));
                newest = at;
                whole++;
            }
        }

        stop.Cancel();
        writer.Join();
        Assert.That(newest, Is.GreaterThan(1));
    }

    [Test]
    public void Looking_and_publishing_allocate_nothing()
    {
        using ScenePage maker = ScenePage.Create(_path, 3);
        double[] places = [1, 2, 3];
        maker.Publish(places, 1, 0);
        maker.TryRead(places, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            maker.Publish(places, i, 0);
            maker.TryRead(places, out _, out _);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void A_file_that_is_no_scene_is_refused_by_name()
    {
        File.WriteAllBytes(_path, new byte[4096]);
        DeviceException error = Assert.Throws<DeviceException>(() => ScenePage.Open(_path));
        Assert.That(error.Message, Does.Contain(_path));
        Assert.Throws<DeviceException>(() => ScenePage.Open(_path + ".absent"));
    }

    [Test]
    public void The_end_of_the_maker_is_seen_and_its_file_is_gone()
    {
        ScenePage maker = ScenePage.Create(_path, 1);
        using ScenePage viewer = ScenePage.Open(_path);
        Assert.That(viewer.HasEnded, Is.False);
        maker.Dispose();
        Assert.That(viewer.HasEnded, Is.True);
        Assert.That(File.Exists(_path), Is.False);
    }
}
