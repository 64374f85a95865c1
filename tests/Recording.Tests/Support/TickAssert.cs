using HilRig.Core.Joints;
using HilRig.Core.Telemetry;

namespace HilRig.Recording.Tests.Support;

/// <summary>Compares every field of two ticks, bit for bit.</summary>
internal static class TickAssert
{
    public static void AreEqual(TickRecord actual, TickRecord expected)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(actual.Tick, Is.EqualTo(expected.Tick));
            Assert.That(actual.ElapsedNanoseconds, Is.EqualTo(expected.ElapsedNanoseconds));
            Assert.That(actual.Repeat, Is.EqualTo(expected.Repeat));
            Assert.That(actual.ClippedJoints, Is.EqualTo(expected.ClippedJoints));
            Assert.That(actual.Answered, Is.EqualTo(expected.Answered));
            Assert.That(actual.Stamps, Is.EqualTo(expected.Stamps));
            AreEqual(actual.Command, expected.Command);
            AreEqual(actual.Real, expected.Real);
            AreEqual(actual.Twin, expected.Twin);
        }
    }

    private static void AreEqual(JointCommand actual, JointCommand expected)
    {
        Assert.That(actual.Position, Is.EqualTo(expected.Position));
        Assert.That(actual.TorqueEnabled, Is.EqualTo(expected.TorqueEnabled));
        Assert.That(actual.Sequence, Is.EqualTo(expected.Sequence));
        Assert.That(actual.AnsweredStateSequence, Is.EqualTo(expected.AnsweredStateSequence));
        Assert.That(actual.PlannedNanoseconds, Is.EqualTo(expected.PlannedNanoseconds));
        Assert.That(actual.CreatedNanoseconds, Is.EqualTo(expected.CreatedNanoseconds));
        Assert.That(actual.ValidUntilNanoseconds, Is.EqualTo(expected.ValidUntilNanoseconds));
    }

    private static void AreEqual(JointState actual, JointState expected)
    {
        Assert.That(actual.Position, Is.EqualTo(expected.Position));
        Assert.That(actual.Velocity, Is.EqualTo(expected.Velocity));
        Assert.That(actual.Effort, Is.EqualTo(expected.Effort));
        Assert.That(actual.Sequence, Is.EqualTo(expected.Sequence));
        Assert.That(actual.AnsweredCommandSequence, Is.EqualTo(expected.AnsweredCommandSequence));
        Assert.That(actual.SampledNanoseconds, Is.EqualTo(expected.SampledNanoseconds));
        Assert.That(actual.Health, Is.EqualTo(expected.Health));
        Assert.That(actual.FreshJoints, Is.EqualTo(expected.FreshJoints));
        Assert.That(actual.Stamps, Is.EqualTo(expected.Stamps));
    }
}
