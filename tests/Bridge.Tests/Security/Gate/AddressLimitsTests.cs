using System.Net;
using HilRig.Bridge.Security.Gate;
using HilRig.Bridge.Security.Keys;

namespace HilRig.Bridge.Tests.Security.Gate;

public sealed class AddressLimitsTests
{
    private const long Second = 1_000_000_000;

    private RigKey _key = null!;

    [OneTimeSetUp]
    public void MakeKey() => _key = RigKey.Create("rig");

    [OneTimeTearDown]
    public void DropKey() => _key.Dispose();

    [Test]
    public void An_address_has_a_burst_and_a_rate_and_others_have_theirs()
    {
        AddressLimits limits = Limits(perSecond: 2, pending: 100);
        IPAddress eager = IPAddress.Parse("10.0.0.1");
        for (int i = 0; i < 4; i++)
        {
            Assert.That(limits.Enter(eager, Second), Is.EqualTo(GateReason.None), "two seconds'");
            limits.Leave(eager);
        }

        Assert.That(limits.Enter(eager, Second), Is.EqualTo(GateReason.AcceptRate));
        Assert.That(
            limits.Enter(IPAddress.Parse("10.0.0.2"), Second), Is.EqualTo(GateReason.None));
        Assert.That(limits.Enter(eager, Second * 3 / 2), Is.EqualTo(GateReason.None));
        Assert.That(limits.Enter(eager, Second * 3 / 2), Is.EqualTo(GateReason.AcceptRate));
    }

    [Test]
    public void An_IPv6_network_is_one_address_and_a_mapped_one_is_its_IPv4()
    {
        AddressLimits limits = Limits(perSecond: 1, pending: 100);
        string[] network = ["2001:db8::1", "2001:db8::2", "2001:db8::ffff:1"];
        Assert.That(
            network.Select(text => limits.Enter(IPAddress.Parse(text), Second)),
            Is.EqualTo(new[] { GateReason.None, GateReason.None, GateReason.AcceptRate }));
        string[] mapped = ["10.0.0.1", "::ffff:10.0.0.1", "10.0.0.1"];
        Assert.That(
            mapped.Select(text => limits.Enter(IPAddress.Parse(text), Second)),
            Is.EqualTo(new[] { GateReason.None, GateReason.None, GateReason.AcceptRate }));
    }

    [Test]
    public void Pending_connections_are_limited_by_address_and_in_all()
    {
        AddressLimits limits = Limits(perSecond: 1000, pending: 3);
        IPAddress first = IPAddress.Parse("10.0.0.1");
        IPAddress second = IPAddress.Parse("10.0.0.2");
        Assert.That(limits.Enter(first, Second), Is.EqualTo(GateReason.None));
        Assert.That(limits.Enter(first, Second), Is.EqualTo(GateReason.None));
        Assert.That(limits.Enter(first, Second), Is.EqualTo(GateReason.PendingCap), "its own");
        Assert.That(limits.Enter(second, Second), Is.EqualTo(GateReason.None));
        Assert.That(limits.Enter(second, Second), Is.EqualTo(GateReason.PendingCap), "all");
        limits.Leave(first);
        Assert.That(limits.Pending, Is.EqualTo(2));
        Assert.That(limits.Enter(second, Second), Is.EqualTo(GateReason.None));
    }

    [Test]
    public void A_thousand_addresses_fill_the_table_only_for_a_while()
    {
        AddressLimits limits = Limits(perSecond: 1, pending: 2);
        for (int i = 0; i < 1024; i++)
        {
            IPAddress address = new([10, 1, (byte)(i >> 8), (byte)i]);
            Assert.That(limits.Enter(address, Second), Is.EqualTo(GateReason.None));
            limits.Leave(address);
        }

        IPAddress late = IPAddress.Parse("10.2.0.1");
        Assert.That(limits.Enter(late, Second), Is.EqualTo(GateReason.AcceptRate));
        Assert.That(limits.Enter(late, 3 * Second), Is.EqualTo(GateReason.None));
    }

    private AddressLimits Limits(int perSecond, int pending) => new(new SecureGateOptions
    {
        Listen = new IPEndPoint(IPAddress.Loopback, 0),
        BridgePort = 1,
        Key = _key,
        AllowedKeysPath = "none",
        AcceptsPerSecondMax = perSecond,
        PendingMax = pending,
        PendingPerAddressMax = 2,
    });
}
