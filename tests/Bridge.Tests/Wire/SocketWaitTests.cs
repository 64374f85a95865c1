using HilRig.Bridge.Wire;
using NetMQ;
using NetMQ.Sockets;

namespace HilRig.Bridge.Tests.Wire;

[CancelAfter(60_000)]
public sealed class SocketWaitTests
{
    [TestCase(-3, 0)]
    [TestCase(0, 0)]
    [TestCase(0.0001, 1)]
    [TestCase(0.5, 1)]
    [TestCase(20, 20)]
    [TestCase(20.0001, 21)]
    public void Parts_of_a_millisecond_are_rounded_up(double given, double whole) => Assert.That(
        SocketWait.Whole(TimeSpan.FromMilliseconds(given)),
        Is.EqualTo(TimeSpan.FromMilliseconds(whole)));

    [TestCase(0.5)]
    [TestCase(1.0001)]
    [TestCase(7.3)]
    public void A_wait_on_a_silent_socket_ends(double milliseconds)
    {
        bool came = true;
        var waiting = new Thread(() =>
        {
            using var socket = new PullSocket("@tcp://127.0.0.1:*");
            var frame = default(Msg);
            frame.InitEmpty();
            came = SocketWait.TryReceive(
                socket, ref frame, TimeSpan.FromMilliseconds(milliseconds));
            frame.Close();
        })
        {
            IsBackground = true,
        };
        waiting.Start();

        Assert.That(waiting.Join(TimeSpan.FromSeconds(30)), Is.True, "it waits for ever");
        Assert.That(came, Is.False);
    }
}
