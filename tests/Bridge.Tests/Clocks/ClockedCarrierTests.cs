using HilRig.Bridge.Clocks;
using HilRig.Bridge.Tests.Security.Gate;
using HilRig.Bridge.Wire;
using HilRig.Core.Errors;
using HilRig.Core.Joints;
using HilRig.Core.RealTime;
using HilRig.Core.Sessions;
using HilRig.Core.Time;

namespace HilRig.Bridge.Tests.Clocks;

/// <summary>The clock service through a real gate, to a machine whose clock is another.</summary>
[CancelAfter(60_000)]
public sealed class ClockedCarrierTests
{
    private const long Ahead = 3_000_000_000_000;
    private const double Skew = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Test]
    public void Instants_of_commands_and_states_are_told_on_the_right_clock()
    {
        using var rig = new GuardedRig(options => options with
        {
            Clock = new StreamClockResponder(new SkewedClock(Ahead, Skew)),
        });
        using ClockedCarrier carrier = ClockedCarrier.Open(rig.Tunnel(rig.Commander), Patience);
        long now = MonotonicClock.NowNanoseconds;
        long truth = SkewedClock.At(now, Ahead, Skew);
        long uncertainty = carrier.Map.ToPeer(now).UncertaintyNanoseconds;
        var command = new JointCommand(1)
        {
            PlannedNanoseconds = now,
            ValidUntilNanoseconds = now,
        };
        var decoded = new JointCommand(1);
        new CommandCodec(1).TryDecode(
            Bytes(new CommandCodec(1, carrier.Map).Encode(command, default, now)),
            decoded,
            out SessionKey _,
            out long sent);

        Assert.That(uncertainty, Is.LessThan(Ahead / 1000));
        Assert.That(decoded.PlannedNanoseconds, Is.EqualTo(truth).Within(uncertainty * 2));
        Assert.That(sent, Is.EqualTo(truth).Within(uncertainty * 2));
        Assert.That(decoded.ValidUntilNanoseconds, Is.LessThanOrEqualTo(truth + uncertainty));
        Assert.That(decoded.CreatedNanoseconds, Is.Zero, "not stamped");

        var state = new JointState(1)
        {
            SampledNanoseconds = truth,
            Stamps = new HopStamps { BusReply = truth },
        };
        carrier.Map.ToLocal(state);
        Assert.That(state.SampledNanoseconds, Is.EqualTo(now).Within(uncertainty * 2));
        Assert.That(state.Stamps.BusReply, Is.EqualTo(now).Within(uncertainty * 2));
        Assert.That(state.Stamps.AgentReceived, Is.Zero, "not stamped");
    }

    [Test]
    public void A_gate_without_a_clock_carries_nobody()
    {
        using var rig = new GuardedRig(options => options with { Clock = null });

        Assert.That(
            () => ClockedCarrier.Open(
                rig.Tunnel(rig.Commander), TimeSpan.FromMilliseconds(300)),
            Throws.TypeOf<ProtocolException>().With.Message.Contains("clock"));
    }

    private static byte[] Bytes(Google.Protobuf.IMessage message) =>
        Google.Protobuf.MessageExtensions.ToByteArray(message);
}
