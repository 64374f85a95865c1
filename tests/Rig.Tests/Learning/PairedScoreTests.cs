using HilRig.Rig.Learning;

namespace HilRig.Rig.Tests.Learning;

public sealed class PairedScoreTests
{
    [Test]
    public void Shares_and_intervals_are_those_computed_by_hand()
    {
        // 10 pairs: 4 both, 3 gained, 1 lost, 2 neither.
        PairedScore score = PairedScore.Of(
        [
            (true, true), (true, true), (true, true), (true, true),
            (false, true), (false, true), (false, true),
            (true, false), (false, false), (false, false),
        ]);
        Assert.Multiple(() =>
        {
            Assert.That((score.First, score.Second), Is.EqualTo((0.5, 0.7)));
            Assert.That(score.Difference, Is.EqualTo(0.2).Within(1e-12));

            // Wilson of 5 and 7 of 10.
            Assert.That(score.FirstInterval[0], Is.EqualTo(0.2366).Within(1e-4));
            Assert.That(score.FirstInterval[1], Is.EqualTo(0.7634).Within(1e-4));
            Assert.That(score.SecondInterval[0], Is.EqualTo(0.3968).Within(1e-4));

            // (3.5 − 1.5) / 12 ± 1.96·√(5 − 4/12) / 12.
            Assert.That(score.DifferenceInterval[0], Is.EqualTo(-0.1862).Within(1e-4));
            Assert.That(score.DifferenceInterval[1], Is.EqualTo(0.5195).Within(1e-4));
        });
    }
}
