using HilRig.Bridge.Agent;
using HilRig.Core.Sessions;

namespace HilRig.Bridge.Tests.Agent;

public sealed class OwnerLeaseTests
{
    private const long Silence = 100;

    [Test]
    public void Tokens_grow_with_each_owner()
    {
        var lease = new OwnerLease(Silence);
        lease.TryGrant(11, 3, 0, out SessionKey first);
        Assert.That(lease.TryGrant(12, 3, 0, out _), Is.False);
        lease.Release(first);
        Assert.That(lease.Review(0, armed: false), Is.EqualTo(11));
        lease.TryGrant(12, 3, 0, out SessionKey second);
        Assert.That(second, Is.EqualTo(new SessionKey(12, first.OwnerToken + 1)));
        Assert.That(lease.Key, Is.EqualTo(second));
    }

    [Test]
    public void A_silent_owner_keeps_an_armed_agent_and_loses_it_once_it_is_stopped()
    {
        var lease = new OwnerLease(Silence);
        lease.TryGrant(11, 3, 0, out SessionKey key);
        Assert.That(lease.Review(10 * Silence, armed: true), Is.Zero);
        Assert.That(lease.Key, Is.EqualTo(key));
        Assert.That(lease.Review(10 * Silence, armed: false), Is.EqualTo(11));
        Assert.That(lease.Key, Is.EqualTo(default(SessionKey)));
    }

    [Test]
    public void A_leaving_owner_keeps_an_armed_agent()
    {
        var lease = new OwnerLease(Silence);
        lease.TryGrant(11, 3, 0, out SessionKey key);
        lease.Release(key);
        Assert.That(lease.Review(0, armed: true), Is.Zero);
    }

    [Test]
    public void Only_the_owner_itself_keeps_its_lease_alive()
    {
        var lease = new OwnerLease(Silence);
        lease.TryGrant(11, 3, 0, out SessionKey key);
        lease.Hear(key, 50);
        Assert.That(lease.Review(120, armed: false), Is.Zero);
        lease.Hear(key with { OwnerToken = 99 }, 120);
        lease.Hear(new SessionKey(12, key.OwnerToken), 120);
        Assert.That(lease.Review(160, armed: false), Is.EqualTo(11));
    }

    [Test]
    public void A_stranger_cannot_release_it()
    {
        var lease = new OwnerLease(Silence);
        lease.TryGrant(11, 3, 0, out SessionKey key);
        lease.Release(key with { OwnerToken = 99 });
        Assert.That(lease.Review(0, armed: false), Is.Zero);
    }
}
