using System.Runtime.Versioning;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Tests.Security.Keys;

public sealed class KeyStoreTests
{
    [TestCase(KeyCurve.P256)]
    [TestCase(KeyCurve.P384)]
    public void A_stored_key_is_the_same_when_it_is_read(KeyCurve curve)
    {
        using var keys = new TemporaryKeys();
        using RigKey made = RigKey.Create("alice", curve);
        keys.Store.Add(made);
        using RigKey read = keys.Store.Load("alice");
        Assert.That(read.Fingerprint, Is.EqualTo(made.Fingerprint));
        Assert.That(read.PublicText, Is.EqualTo(made.PublicText));
        Assert.That(keys.Store.Names, Is.EqualTo(new[] { "alice" }));
    }

    [Test]
    public void Two_keys_of_one_name_differ_and_the_first_is_never_overwritten()
    {
        using var keys = new TemporaryKeys();
        using RigKey first = keys.Make("alice");
        using RigKey second = RigKey.Create("alice");
        Assert.That(second.Fingerprint, Is.Not.EqualTo(first.Fingerprint));
        Assert.Throws<KeyException>(() => keys.Store.Add(second));
        using RigKey read = keys.Store.Load("alice");
        Assert.That(read.Fingerprint, Is.EqualTo(first.Fingerprint));
    }

    [Test]
    [Platform(Exclude = "Win")]
    [UnsupportedOSPlatform("windows")]
    public void A_private_key_is_readable_by_its_owner_only_or_not_used()
    {
        using var keys = new TemporaryKeys();
        keys.Make("alice").Dispose();
        string path = keys.Store.PrivatePath("alice");
        UnixFileMode mode = File.GetUnixFileMode(path);
        Assert.That(mode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        File.SetUnixFileMode(path, mode | UnixFileMode.GroupRead);
        KeyException error = Assert.Throws<KeyException>(() => keys.Store.Load("alice"))!;
        Assert.That(error.Message, Does.Contain("0640"));
    }

    [TestCase("")]
    [TestCase("../alice")]
    [TestCase(".alice")]
    [TestCase("al ice")]
    [TestCase("al\nice")]
    public void A_name_that_is_no_file_name_is_refused(string name)
    {
        using var keys = new TemporaryKeys();
        Assert.Throws<KeyException>(() => RigKey.Create(name));
        Assert.Throws<KeyException>(() => keys.Store.Load(name));
    }

    [Test]
    public void A_damaged_key_says_so()
    {
        using var keys = new TemporaryKeys();
        keys.Make("alice").Dispose();
        keys.Make("bob").Dispose();
        File.Copy(
            keys.Store.CertificatePath("bob"), keys.Store.CertificatePath("alice"), true);
        Assert.Throws<KeyException>(() => keys.Store.Load("alice"), "of another key");
        File.WriteAllText(keys.Store.CertificatePath("alice"), "nothing");
        Assert.Throws<KeyException>(() => keys.Store.Load("alice"), "no certificate");
    }

    [Test]
    public void A_public_key_is_read_from_its_line_its_file_its_certificate_or_its_fingerprint()
    {
        using var keys = new TemporaryKeys();
        using RigKey key = keys.Make("alice");
        string file = Path.Combine(keys.Store.Folder, "alice.public");
        File.WriteAllText(file, key.PublicText + "\n");
        string[] forms =
        [
            key.PublicText, file, keys.Store.CertificatePath("alice"), key.Fingerprint.Text,
        ];
        Assert.That(
            forms.Select(form => PublicKeyText.Read(form).Fingerprint),
            Is.All.EqualTo(key.Fingerprint));
        Assert.That(PublicKeyText.Read(file).Name, Is.EqualTo("alice"));
    }

    [TestCase("")]
    [TestCase("sha256:00")]
    [TestCase("hilrig-key-1 alice")]
    [TestCase("hilrig-key-1 alice ????")]
    [TestCase("hilrig-key-1 alice AAAA")]
    [TestCase("hilrig-key-2 alice AAAA")]
    [TestCase("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public void What_is_no_public_key_is_refused(string text) =>
        Assert.Throws<KeyException>(() => PublicKeyText.Read(text));
}
