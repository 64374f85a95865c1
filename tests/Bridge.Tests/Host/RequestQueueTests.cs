using HilRig.Bridge.Host;
using HilRig.Bridge.Protos;

namespace HilRig.Bridge.Tests.Host;

public sealed class RequestQueueTests
{
    private const long Repeat = 100;

    [Test]
    public void A_stop_overtakes_everything()
    {
        var queue = new RequestQueue();
        queue.Post(RequestKind.Heartbeat);
        queue.Post(RequestKind.Arm);
        queue.Post(RequestKind.Stop);
        queue.TryNext(0, Repeat, out RequestKind kind, out _);
        Assert.That(kind, Is.EqualTo(RequestKind.Stop));
    }

    [Test]
    public void A_request_is_repeated_under_its_id_until_it_is_acknowledged()
    {
        var queue = new RequestQueue();
        queue.Post(RequestKind.Arm);
        queue.TryNext(0, Repeat, out RequestKind kind, out ulong first);
        queue.MarkSent(kind, first, 0);
        Assert.That(queue.TryNext(Repeat, Repeat, out _, out _), Is.False);
        Assert.That(queue.TryNext(Repeat + 1, Repeat, out _, out ulong again), Is.True);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(queue.StatusOf(RequestKind.Arm), Is.EqualTo(AckStatus.Unspecified));
        queue.Acknowledge(first, AckStatus.NotOwner);
        Assert.That(queue.TryNext(10 * Repeat, Repeat, out _, out _), Is.False);
        Assert.That(queue.StatusOf(RequestKind.Arm), Is.EqualTo(AckStatus.NotOwner));
    }

    [Test]
    public void An_answer_to_an_older_request_does_not_close_a_newer_one()
    {
        var queue = new RequestQueue();
        queue.Post(RequestKind.Stop);
        queue.TryNext(0, Repeat, out _, out ulong older);
        queue.Post(RequestKind.Stop);
        queue.MarkSent(RequestKind.Stop, older, 0);
        queue.Acknowledge(older, AckStatus.Ok);
        Assert.That(queue.TryNext(0, Repeat, out _, out ulong newer), Is.True);
        Assert.That(newer, Is.GreaterThan(older));
    }
}
