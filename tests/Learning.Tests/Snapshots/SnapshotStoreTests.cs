using HilRig.Core.Errors;
using HilRig.Learning.Snapshots;

namespace HilRig.Learning.Tests.Snapshots;

public sealed class SnapshotStoreTests
{
    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("snapshots").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_newest_snapshot_comes_back()
    {
        SnapshotStore store = Save(1, 2);

        SnapshotManifest? manifest = store.LoadNewest("hash", out StateReader? state);
        Assert.That(manifest!.EnvironmentSteps, Is.EqualTo(2));
        Assert.That(Number(state!), Is.EqualTo(2));
        Assert.That(File.ReadAllText(Path.Combine(_folder, "LATEST")), Is.EqualTo("000002\n"));
    }

    [Test]
    public void Only_the_last_three_are_kept_and_nothing_half_written()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".partial-000009"));
        Save(1, 2, 3, 4, 5);

        Assert.That(
            Directory.GetFileSystemEntries(_folder).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "000003", "000004", "000005", "LATEST" }));
    }

    [TestCase("state.bin")]
    [TestCase("snapshot.json")]
    [TestCase("checksums")]
    public void A_snapshot_torn_at_any_byte_is_named_and_the_one_before_it_serves(string file)
    {
        Save(1, 2);
        string path = Path.Combine(_folder, "000002", file);
        byte[] whole = File.ReadAllBytes(path);
        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            ExpectFirst();
        }

        for (int i = 0; i < whole.Length; i++)
        {
            byte[] flipped = [.. whole];
            flipped[i] ^= 0x10;
            File.WriteAllBytes(path, flipped);
            ExpectFirst();
        }

        File.Delete(path);
        ExpectFirst();
    }

    [Test]
    public void A_snapshot_of_another_configuration_is_refused()
    {
        SnapshotStore store = Save(1);
        Assert.That(
            () => store.LoadNewest("other", out _),
            Throws.TypeOf<RecordingException>()
                .With.Message.Contains("another configuration").And.Message.Contains("000001"));
    }

    [Test]
    public void State_of_other_networks_is_refused_by_name()
    {
        SnapshotStore store = Save(1);
        store.LoadNewest("hash", out StateReader? state);
        long wrong = 0;
        Assert.That(
            () => state!.Visit("weights", ref wrong),
            Throws.TypeOf<RecordingException>()
                .With.Message.Contains("weights, 8 bytes").And.Message.Contains("number, 4 bytes"));
    }

    [Test]
    public void A_folder_that_cannot_be_written_is_named_and_the_old_snapshots_stay()
    {
        SnapshotStore store = Save(1);
        File.WriteAllText(Path.Combine(_folder, ".partial-000002"), "in the way");

        Assert.That(
            () => SaveOne(store, 2),
            Throws.TypeOf<RecordingException>().With.Message.Contains("resume"));
        store.LoadNewest("hash", out StateReader? state);
        Assert.That(Number(state!), Is.EqualTo(1));
    }

    [Test]
    public void There_may_be_none() =>
        Assert.That(new SnapshotStore(_folder).LoadNewest("hash", out _), Is.Null);

    private static int Number(StateReader state)
    {
        int number = 0;
        state.Visit("number", ref number);
        state.RequireEnd();
        return number;
    }

    private static void SaveOne(SnapshotStore store, int number)
    {
        var writer = new StateWriter();
        writer.Visit("number", ref number);
        store.Save(
            new SnapshotManifest
            {
                Schema = SnapshotManifest.CurrentSchema,
                ConfigSha256 = "hash",
                PolicySha256 = "",
                EnvironmentSteps = number,
                ReplayRecords = 0,
                CriticUpdates = 0,
                CpuSeconds = 0,
                WallSeconds = 0,
            },
            writer.Bytes);
    }

    private SnapshotStore Save(params int[] numbers)
    {
        var store = new SnapshotStore(_folder);
        foreach (int number in numbers)
        {
            SaveOne(store, number);
        }

        return store;
    }

    private void ExpectFirst()
    {
        var store = new SnapshotStore(_folder);
        SnapshotManifest? manifest = store.LoadNewest("hash", out StateReader? state);
        Assert.That(manifest?.EnvironmentSteps, Is.EqualTo(1));
        Assert.That(Number(state!), Is.EqualTo(1));
        Assert.That(store.Damage, Has.Count.EqualTo(1).And.All.Contains("000002"));
    }
}
