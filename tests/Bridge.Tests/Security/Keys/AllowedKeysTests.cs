using System.Runtime.Versioning;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Tests.Security.Keys;

public sealed class AllowedKeysTests
{
    private const string Print =
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Test]
    public void A_saved_list_is_the_same_when_it_is_read()
    {
        using var keys = new TemporaryKeys();
        using RigKey alice = keys.Make("alice");
        using RigKey bob = keys.Make("bob");
        keys.Allow(alice, KeyRole.Admin);
        keys.Allow(bob, KeyRole.Observe);
        keys.Allow(bob, KeyRole.Command);
        AllowedKeys read = AllowedKeys.Load(keys.Store.AllowedKeysPath);
        Assert.That(read.Find(alice.Fingerprint)!.Role, Is.EqualTo(KeyRole.Admin));
        Assert.That(read.Find(bob.Fingerprint)!.Role, Is.EqualTo(KeyRole.Command), "the newest");
        keys.Revoke(bob);
        read = AllowedKeys.Load(keys.Store.AllowedKeysPath);
        Assert.That(read.Find(bob.Fingerprint), Is.Null);
        Assert.That(read.Keys, Has.Count.EqualTo(1));
        Assert.Throws<KeyException>(() => keys.Revoke(bob), "once is enough");
    }

    [Test]
    public void Two_keys_cannot_share_a_name()
    {
        using RigKey first = RigKey.Create("alice");
        using RigKey second = RigKey.Create("alice");
        AllowedKeys one = AllowedKeys.Nobody.With(
            new AllowedKey(KeyRole.Observe, first.Fingerprint, "alice"));
        Assert.Throws<KeyException>(() => one.With(
            new AllowedKey(KeyRole.Observe, second.Fingerprint, "alice")));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void A_list_that_others_can_change_is_refused(
        [Values(UnixFileMode.GroupWrite, UnixFileMode.OtherWrite)] UnixFileMode bit)
    {
        using var keys = new TemporaryKeys();
        string path = keys.Store.AllowedKeysPath;
        AllowedKeys.Nobody.Save(path);
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | bit);
        Assert.Throws<KeyException>(() => AllowedKeys.Load(path));
    }

    [TestCase("", TestName = "Empty_file")]
    [TestCase("hilrig-allowed-keys 2\n", TestName = "Another_version")]
    [TestCase("hilrig-allowed-keys 1\nroot " + Print + " a", TestName = "Unknown_role")]
    [TestCase("hilrig-allowed-keys 1\nobserve " + Print, TestName = "No_name")]
    [TestCase("hilrig-allowed-keys 1\nobserve sha256:00 a", TestName = "Short_fingerprint")]
    [TestCase("hilrig-allowed-keys 1\nobserve " + Print + " a b", TestName = "A_word_too_many")]
    [TestCase(
        "hilrig-allowed-keys 1\nobserve " + Print + " a\nadmin " + Print + " b",
        TestName = "One_key_twice")]
    public void A_wrong_list_is_refused_whole(string text) =>
        Assert.Throws<KeyException>(() => AllowedKeys.Parse(text, "list"));

    [Test]
    public void The_message_names_the_line()
    {
        const string text = "hilrig-allowed-keys 1\n# comment\n\nobserve nothing alice\n";
        KeyException error = Assert.Throws<KeyException>(() => AllowedKeys.Parse(text, "list"))!;
        Assert.That(error.Message, Does.StartWith("list:4:"));
    }

    [Test]
    public void A_server_is_known_by_its_address_with_or_without_port()
    {
        using var keys = new TemporaryKeys();
        using RigKey rig = RigKey.Create("rig");
        using RigKey other = RigKey.Create("other");
        string path = keys.Store.KnownServersPath;
        Assert.That(KnownServers.Load(path).Find("rig", 1), Is.Null, "nobody is known at first");
        KnownServers.Load(path)
            .With("rig", rig.Fingerprint).With("rig:7", other.Fingerprint).Save(path);
        KnownServers read = KnownServers.Load(path);
        Assert.That(read.Find("rig", 1), Is.EqualTo(rig.Fingerprint));
        Assert.That(read.Find("rig", 7), Is.EqualTo(other.Fingerprint));
        Assert.That(read.Find("rog", 7), Is.Null);
        Assert.That(read.Without("rig").Find("rig", 1), Is.Null);
    }
}
